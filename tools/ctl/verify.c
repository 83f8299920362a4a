/* Key, text, name: each is read, then the verdict is said in words. */
#include "verify.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/options.h"
#include "vietnamese/person_name.h"
#include "wire/certificate.h"

#define PATH_BYTES 4096
#define KEY_FILE_MAX 128
#define TYPED_MAX 512

static const char usage[] =
    "bdhvs-ctl: usage: verify-certificate TEXT [--name NAME | --name -] [--key FILE]\n"
    "                  verify-certificate --own-key\n";

struct request {
    const char *text, *name, *key_path;
    bool own_key;
};

static bool read_words(int argc, const char *const *argv, struct request *out)
{
    *out = (struct request){ 0 };
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--own-key"))
            out->own_key = true;
        else if (!strcmp(argv[i], "--name") && i + 1 < argc)
            out->name = argv[++i];
        else if (!strcmp(argv[i], "--key") && i + 1 < argc)
            out->key_path = argv[++i];
        else if (argv[i][0] != '-' && !out->text)
            out->text = argv[i];
        else
            return false;
    }
    return out->own_key != (out->text != NULL);
}

/* Only looks: a kiosk that has no key yet gets none from here. */
static bool own_key(const char *dir, struct jws_key *out)
{
    char path[PATH_BYTES];
    int n = snprintf(path, sizeof(path), "%s/keys/device.key", dir);

    if (n < 0 || (size_t)n >= sizeof(path) || !file_exists(path) ||
        jws_key_load(path, out))
        return false;
    jws_key_wipe(out);
    return true;
}

/* One line, as --own-key prints it. */
static bool others_key(const char *path, struct jws_key *out)
{
    unsigned char public_key[JWS_PUBLIC_BYTES];
    bool read;
    struct buf line;

    buf_init(&line, KEY_FILE_MAX);
    read = !file_read(path, &line) && line.len;
    if (read)
        line.data[strcspn(line.data, "\r\n")] = 0;
    read = read && !jws_public_parse(line.data, public_key);
    buf_finish(&line);
    if (read)
        jws_key_public(public_key, out);
    return read;
}

static int print_key(const struct jws_key *key)
{
    struct buf text;

    buf_init(&text, KEY_FILE_MAX);
    encoding_base64url(key->public_key, sizeof(key->public_key), &text);
    puts(buf_text(&text));
    buf_finish(&text);
    return 0;
}

/* The name as it would have been registered: spaces joined, NFC. "-": a line of stdin, so
 * that it stands in no list of processes. */
static bool clean_name(const char *name, char out[PERSON_NAME_MAX])
{
    char typed[TYPED_MAX] = "";
    bool ok;

    if (!strcmp(name, "-")) {
        if (!fgets(typed, sizeof(typed), stdin))
            return false;
        typed[strcspn(typed, "\r\n")] = 0;
        name = typed;
    }
    ok = person_name_clean(name, out) == NAME_OK;
    hash_wipe(typed, sizeof(typed));
    return ok;
}

/* -1: none was asked about; 0 another, 1 the same. */
static int name_fits(const struct certificate *c, const char *name)
{
    char clean[PERSON_NAME_MAX];
    int fits;

    if (!name)
        return -1;
    fits = clean_name(name, clean) && certificate_has_name(c, clean);
    hash_wipe(clean, sizeof(clean));
    return fits;
}

static void say_name(const struct certificate *c, int fits)
{
    if (!c->named)
        puts("name: none was printed; one on the paper is written by hand and not "
             "proved");
    else if (fits < 0)
        puts("name: one was printed; compare it: --name \"as on the paper\"");
    else
        puts(fits ? "name: the same" : "name: ANOTHER than the paper was made for");
}

static int say(const struct certificate *c, const char *name)
{
    char number[CERTIFICATE_REF_CHARS], day[11];
    int fits = name_fits(c, name);

    certificate_number(c, number);
    if (c->day >= 0)
        clock_day_text(c->day, day);
    puts(fits == 0 ? "NOT VALID for this name" : "VALID");
    printf("module: %s\nday: %s\nnumber: %s\nkey: %s\n", c->unit,
           c->day >= 0 ? day : "not certain", number, c->tag);
    say_name(c, fits);
    return fits == 0 ? 1 : 0;
}

bool verify_is(const char *word)
{
    return !strcmp(word, "verify-certificate");
}

int verify_run(const struct options *o, const char *dir, int argc,
               const char *const *argv)
{
    struct certificate c;
    struct request r;
    struct jws_key key;

    if (!read_words(argc, argv, &r)) {
        fputs(usage, stderr);
        return EX_USAGE;
    }
    if (r.key_path ? !others_key(r.key_path, &key) : !own_key(dir, &key)) {
        options_complain(o, r.key_path ? r.key_path : dir, "no key of a kiosk there",
                         "name the data folder, or a file made by --own-key");
        return EX_NOINPUT;
    }
    if (r.own_key)
        return print_key(&key);
    if (!certificate_verify(r.text, &key, &c))
        return say(&c, r.name);
    if (certificate_peek(r.text, &c))
        puts("NOT VALID: no text of a certificate, or damaged: scan it again");
    else if (strncmp(c.tag, key.kid, CERTIFICATE_TAG_CHARS - 1) != 0)
        printf("NOT VALID with this key: it says key %s, this one is %.8s\n", c.tag,
               key.kid);
    else
        puts("NOT VALID: the text was changed, or another key signed it");
    return 1;
}
