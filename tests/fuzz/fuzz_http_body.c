/* What a stranger may send to the server: bodies of the POST routes, and payloads of
 * a kiosk that is enrolled but mad (signed here, so that the fuzzer gets past the
 * signature). Nothing may crash, and nothing refused may be stored. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "enrolment.h"
#include "form.h"
#include "gate.h"
#include "ingest.h"
#include "paper.h"
#include "server_rig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum mode {
    MODE_BUNDLE_BYTES,
    MODE_ENROL_BYTES,
    MODE_PAYLOAD,
    MODE_PAPER,
    MODE_FORM,
    MODE_COUNT
};

static struct rig *rig;

static void prepare(void)
{
    void *state;

    log_set_level(LOG_LEVEL_ERR);
    ASSERT(!rig_setup(&state));
    rig = state;
}

/* The fuzzer does not know the kiosk's id: the word KIOSK in the payload becomes it. */
static void put_payload(const char *text, size_t n, struct buf *out)
{
    static const char word[] = "KIOSK";

    for (size_t i = 0; i < n; i++) {
        if (n - i >= sizeof(word) - 1 && !memcmp(text + i, word, sizeof(word) - 1)) {
            buf_str(out, rig->kiosk);
            i += sizeof(word) - 2;
        } else {
            buf_char(out, text[i]);
        }
    }
}

static void see_pages(void)
{
    for (size_t i = 0; i < RIG_PAGES; i++) {
        struct http_response page = { .status = 200 };

        buf_init(&page.body, 1 << 22);
        ASSERT(!rig_page(rig, rig_pages[i], "all", &page) && !page.body.overflow);
        buf_finish(&page.body);
    }
}

/* What a browser posts, and the way back that it asks for. */
static void take_form(const char *form, size_t n)
{
    char value[64];

    if (!form_value(form, n, "ve", value, sizeof(value)))
        ASSERT(!value[0]);
    else if (gate_return_ok(value))
        ASSERT(value[0] == '/' && value[1] != '/' && !strpbrk(value, "\\\r\n\"<> "));
}

static void take_payload(const char *text, size_t n, struct buf *answer)
{
    struct buf payload;
    struct buf jws;
    enum ingest_status status;

    buf_init(&payload, BUNDLE_BYTES_MAX);
    buf_init(&jws, 2 * BUNDLE_BYTES_MAX);
    put_payload(text, n, &payload);
    jws_sign(&rig->key, JWS_TOTALS, buf_text(&payload), payload.len, &jws);
    status = ingest_take(&rig->server, buf_text(&jws), jws.len, answer);
    ASSERT(status != INGEST_LATER && status != INGEST_UNKNOWN);
    if (status == INGEST_TAKEN)
        see_pages();
    buf_finish(&payload);
    buf_finish(&jws);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1;
    struct buf answer;

    if (!rig)
        prepare();
    if (!size)
        return 0;
    buf_init(&answer, 1 << 20);
    switch (data[0] % MODE_COUNT) {
    case MODE_BUNDLE_BYTES:
        ASSERT(ingest_take(&rig->server, text, size - 1, &answer) != INGEST_LATER);
        break;
    case MODE_ENROL_BYTES:
        ASSERT(enrolment_ask(&rig->server, text, size - 1, &answer) != ENROLMENT_LATER);
        break;
    case MODE_PAPER:
        ASSERT(!paper_page(&rig->server, text, size - 1, &answer) && !answer.overflow);
        break;
    case MODE_FORM:
        take_form(text, size - 1);
        break;
    default:
        take_payload(text, size - 1, &answer);
    }
    buf_finish(&answer);
    return 0;
}
