/* What the keys do in the fields of this program. */
#pragma once

#include "ui/keyboard.h"

struct app;

/* Names: Telex by the switch, VNI, a capital for each word. Tones stand as the kiosk is set
 * (SETTING_TONE_NEW). */
const struct keyboard_hands *typing_names(const struct app *app, bool telex);
/* Papers, places: the same without capitals by themselves. */
const struct keyboard_hands *typing_text(const struct app *app, bool telex);
/* Passphrases and codes: what is pressed stands there. */
const struct keyboard_hands *typing_secret(void);
