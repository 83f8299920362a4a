/* A mock phone to practise on: screens with parts, and where touching a part leads. Pure:
 * it knows no clock, disk or screen. What the author wrote (content/README.md) becomes
 * this JSON, made by bdhvs-pack:
 *   {"title":T,"screens":[{"id":ID,"kind":KIND,"say":T,"hint"?:T,"top"?:T,"sub"?:T,
 *     "face"?:ART,"clock"?:T,"tone"?:TONE,
 *     "parts":[{"part":PART,"text":T,"note"?:T,"value"?:T,"icon"?:T,"tone"?:TONE,"on"?:true,
 *               "way"?:"up|down|left|right","picture"?:PICTURE,
 *               "act"?:"right|wrong|go","to"?:ID|"done"|"back"}]}]}
 * KIND, PART and TONE are the names of the tables below: a new one is a row there
 * and a row of the drawing table (screens/phone_parts.c). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "lesson/item.h"

struct arena;

#define PRACTICE_SCREENS_MAX 20
#define PRACTICE_PARTS_MAX 12 /* of a screen */
#define PRACTICE_TRAIL_MAX 8
#define PRACTICE_DIAL_MAX 24 /* bytes of a number to dial */
#define PRACTICE_ID_MAX 16
#define PRACTICE_SCREENS_MIN 3

/* Tables, as they are read. */
/* clang-format off */
#define PRACTICE_KINDS(X)                                                              \
    X(HOME, "home") X(LIST, "list") X(SETTINGS, "settings")                            \
    X(SMS, "sms") X(CHAT, "chat") X(RING, "ring")                                      \
    X(CALL, "call") X(KEYPAD, "keypad") X(FORM, "form")                                \
    X(CAMERA, "camera") X(PAY, "pay") X(MAP, "map")                                    \
    X(NOTICE, "notice") X(WEB, "web") X(STORE, "store")                                \
    X(GALLERY, "gallery") X(WALLET, "wallet") X(VIDEO, "video")

#define PRACTICE_PARTS(X)                                                              \
    X(TEXT, "text") X(HEAD, "head") X(IN, "in")                                        \
    X(OUT, "out") X(VOICE, "voice") X(HEARD, "heard")                                  \
    X(BUTTON, "button") X(ROUND, "round") X(APP, "app")                                \
    X(ROW, "row") X(SWITCH, "switch") X(FIELD, "field")                                \
    X(TYPE, "type") X(AMOUNT, "amount") X(CARD, "card")                                \
    X(ADDRESS, "address") X(QR, "qr") X(STARS, "stars")                                \
    X(ALERT, "alert") X(PLACE, "map") X(PHOTO, "photo")                                \
    X(DIAL, "dial") X(HOLD, "hold") X(SWIPE, "swipe")

#define PRACTICE_TONES(X)                                                              \
    X(PLAIN, "plain") X(GREEN, "green") X(RED, "red")                                  \
    X(BLUE, "blue") X(DARK, "dark") X(MAIN, "main")                                    \
    X(OK, "ok") X(DANGER, "danger")

#define PRACTICE_WAYS(X)                                                               \
    X(NONE, "") X(UP, "up") X(DOWN, "down")                                            \
    X(LEFT, "left") X(RIGHT, "right")
/* clang-format on */

enum practice_kind {
#define X(name, text) PHONE_##name,
    PRACTICE_KINDS(X)
#undef X
        PHONE_KIND_COUNT
};
enum practice_part_kind {
#define X(name, text) PART_##name,
    PRACTICE_PARTS(X)
#undef X
        PART_KIND_COUNT
};
enum practice_tone {
#define X(name, text) TONE_##name,
    PRACTICE_TONES(X)
#undef X
        TONE_COUNT
};
enum practice_way {
#define X(name, text) WAY_##name,
    PRACTICE_WAYS(X)
#undef X
        WAY_COUNT
};

/* The name of the file and of the JSON, or NULL past the end. */
const char *practice_kind_name(size_t kind);
const char *practice_part_name(size_t part);
const char *practice_tone_name(size_t tone);
const char *practice_way_name(size_t way);

enum practice_act { ACT_NONE, ACT_RIGHT, ACT_WRONG, ACT_GO };

#define PRACTICE_TO_DONE (-1)
#define PRACTICE_TO_BACK (-2)

struct practice_part {
    enum practice_part_kind kind;
    const char *text;
    const char *note, *value, *icon; /* may be NULL */
    enum practice_tone tone;
    bool on;
    enum practice_way way;         /* of a swipe */
    const struct picture *picture; /* may be NULL */
    enum practice_act act;
    int to; /* a screen, or PRACTICE_TO_…; of ACT_NONE nothing */
};

struct practice_screen {
    const char *id;
    enum practice_kind kind;
    const char *say;                      /* the tutor's words */
    const char *hint;                     /* NULL where nothing right stands */
    const char *top, *sub, *face, *clock; /* may be NULL */
    enum practice_tone tone;
    struct practice_part parts[PRACTICE_PARTS_MAX];
    size_t n_parts;
};

struct practice {
    const char *title;
    struct practice_screen screens[PRACTICE_SCREENS_MAX];
    size_t n_screens;
};

/* Reads the JSON into `arena`. `why` as in json_parse. Errors: ERR_REJECTED. */
NODISCARD enum err practice_read(const json_value *v, struct arena *arena,
                                 struct practice **out, char *why, size_t n_why);

/* Whether it can be played: nothing leads nowhere, in a circle or past the end. With
 * ERR_REJECTED `*screen_out` is the screen and `why` says what is wrong and what to do. */
NODISCARD enum err practice_check(const struct practice *p, size_t *screen_out,
                                  char *why, size_t n_why);

/* --- playing ------------------------------------------------------------------------ */

enum practice_help { HELP_NONE, HELP_SAID, HELP_FRAME, HELP_HAND, HELP_SHOWN };

/* Any bytes: it comes back from the journal (practice_state_holds). */
struct practice_state {
    unsigned char at; /* screen */
    unsigned char n_trail;
    unsigned char trail[PRACTICE_TRAIL_MAX]; /* to come back to */
    unsigned char help;                      /* enum practice_help, of this step */
    unsigned char typed;                     /* digits dialled here */
    unsigned char coaxed; /* touched, where it is to be held or pushed */
    unsigned char hints;  /* asked for in all, up to 255 */
    unsigned char wrong;  /* touched in all, up to 255 */
    unsigned char done;
};

/* It can be played on from there to the end. */
bool practice_state_holds(const struct practice *p, const struct practice_state *s);

enum practice_result {
    PRACTICE_STAYS,  /* nothing was meant by it */
    PRACTICE_COAXES, /* almost: hold longer, push, another digit */
    PRACTICE_MOVED,  /* looked at something, or came back */
    PRACTICE_RIGHT,
    PRACTICE_WRONG,
    PRACTICE_DONE
};
/* A part was touched. Once done, it stays PRACTICE_DONE. */
enum practice_result practice_touch(const struct practice *p, struct practice_state *s,
                                    size_t part);
/* It was held, or pushed the way it asks for. */
enum practice_result practice_gesture(const struct practice *p,
                                      struct practice_state *s, size_t part);
/* A digit of a PART_DIAL. */
enum practice_result practice_digit(const struct practice *p, struct practice_state *s,
                                    size_t part, char digit);
/* One step up the ladder: says, frames, points; after that HELP_SHOWN, once, and the hand
 * stays. */
enum practice_help practice_hint(struct practice_state *s);
/* On which of how many right steps one stands. */
void practice_progress(const struct practice *p, const struct practice_state *s,
                       size_t *at_out, size_t *n_out);
/* What the hint leads to: the first right part, or the way back; n_parts: none. */
size_t practice_meant(const struct practice_screen *screen);
