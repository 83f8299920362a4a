/* The page of the network in its parts: what is heard (admin_network.c), one of them, and what
 * is typed (network_one.c). */
#pragma once

#include "app/app.h"
#include "machine/machine.h"
#include "ui/keyboard.h"
#include "ui/ui.h"

enum network_part { NETWORK_LIST, NETWORK_ONE, NETWORK_PASSWORD, NETWORK_NAME };

struct network_page {
    enum network_part part;
    struct wifi_network one; /* that was chosen; ssid.n 0: none */
    struct field field;      /* a password or a name; wiped when it was used */
    struct keyboard keyboard;
    size_t first; /* of the list */
    bool too_short, too_long;
    bool asks_forget;
    bool for_setup; /* nobody is signed in yet: the way back leads there */
};

/* The parts that cover the list. */
void network_one_frame(struct app *app, struct network_page *s, struct ui *ui);
/* Opens one of them. */
void network_choose(struct app *app, struct network_page *s,
                    const struct wifi_network *one);
void network_type(struct network_page *s, enum network_part part);
/* "sóng mạnh · có khóa · đã lưu" */
const char *network_words(struct ui *ui, const struct wifi_network *n);
