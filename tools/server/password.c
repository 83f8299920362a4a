/* Argon2id by libsodium, 64 MiB. */
#include "password.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"

#define PASSWORD_MAX_BYTES 256

_Static_assert(PASSWORD_HASH_CHARS >= crypto_pwhash_STRBYTES, "room for the string");

enum err password_hash(const char *password, char out[PASSWORD_HASH_CHARS])
{
    size_t n = strlen(password);

    if (n > PASSWORD_MAX_BYTES || !utf8_valid(password, n) ||
        utf8_length(password) < PASSWORD_MIN_CHARS)
        return ERR_REJECTED;
    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(out, password, n, crypto_pwhash_OPSLIMIT_MODERATE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13))
        return ERR_FULL;
    return ERR_OK;
}

bool password_fits(const char *hash, const char *password)
{
    /* of thirty random bytes that nobody kept: work of the same size */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$PfPBN3Ca7XRF4cNnSYi9ww"
                                 "$FIcipaKd4Fsd0UywTNyxaIrCJ+OqVDGhbom1RoY9Hvc";
    size_t n = strlen(password);
    bool fits = sodium_init() >= 0 && n <= PASSWORD_MAX_BYTES &&
                !crypto_pwhash_str_verify(hash ? hash : nobody, password, n);

    return hash && fits;
}

bool password_ask(struct buf *out)
{
    struct termios shown;
    struct termios hidden;
    int c;

    if (tcgetattr(STDIN_FILENO, &shown))
        return false;
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    fputs("Password: ", stderr);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    while ((c = getchar()) != EOF && c != '\n')
        buf_char(out, (char)c);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    return c == '\n';
}

void password_wipe(struct buf *password)
{
    if (password->data)
        sodium_memzero(password->data, password->len);
    buf_finish(password);
}
