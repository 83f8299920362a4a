/* See tls_command.h. */
#include "tls_command.h"

#include <sysexits.h>

#include "base/buf.h"
#include "tls.h"

static int failed(struct buf *complaint, const char *what, enum err err)
{
    buf_printf(complaint, "%s: %s: look at the log, then try again", what,
               err_name(err));
    return err == ERR_RETRY ? EX_TEMPFAIL : 1;
}

/* The own certificate, with the pin of its key. */
static enum err own(struct server *s, struct tls_pair *pair, char pin[CERT_PIN_CHARS])
{
    int64_t to_s;
    enum err err;

    tls_pair_init(pair);
    err = tls_own(s, pair);
    if (!err && cert_read(buf_text(&pair->cert), pin, &to_s))
        err = ERR_CORRUPT;
    return err;
}

/* What a grant would carry; a server that is not serving with TLS now names its own. */
int tls_command_pin(struct server *s, const struct control_question *q, struct buf *out,
                    struct buf *complaint)
{
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    enum err err = tls_pin(s, pin);

    (void)q;
    if (!err && !pin[0]) {
        err = own(s, &pair, pin);
        tls_pair_finish(&pair);
    }
    if (err)
        return failed(complaint, "pin", err);
    buf_printf(out, "%s\n", pin);
    return 0;
}

int tls_command_certificate(struct server *s, const struct control_question *q,
                            struct buf *out, struct buf *complaint)
{
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    enum err err = own(s, &pair, pin);

    (void)q;
    if (!err)
        buf_add(out, buf_text(&pair.cert), pair.cert.len);
    tls_pair_finish(&pair);
    return err ? failed(complaint, "certificate", err) : 0;
}

int tls_command_renew(struct server *s, const struct control_question *q,
                      struct buf *out, struct buf *complaint)
{
    const char *hosts = q->n_words > 1 ? q->words[1] : "";
    char pin[CERT_PIN_CHARS];
    struct tls_pair pair;
    const char *why;
    enum err err = tls_renew(s, hosts, &why);

    if (err == ERR_REJECTED) {
        buf_printf(complaint, "%s: %s: give them with a comma between", hosts, why);
        return EX_USAGE;
    }
    if (err)
        return failed(complaint, "renew-cert", err);
    err = own(s, &pair, pin);
    tls_pair_finish(&pair);
    if (err)
        return failed(complaint, "renew-cert", err);
    buf_printf(out, "renewed for ten years, served from the next start on; still %s\n",
               pin);
    return 0;
}
