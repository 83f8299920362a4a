/* What the keys do in the fields of this program. */
#pragma once

#include "ui/keyboard.h"

/* Names: Telex by the switch, VNI, a capital for each word. */
const struct keyboard_hands *typing_names(bool telex);
/* Papers, places: the same without capitals by themselves. */
const struct keyboard_hands *typing_text(bool telex);
/* Passphrases and codes: what is pressed stands there. */
const struct keyboard_hands *typing_secret(void);
