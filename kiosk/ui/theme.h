/* Colours and measures of design/tokens.md. The only place for such numbers that more
 * than one page uses. Colours are 0xAARRGGBB. */
#pragma once

#define PAPER 0xFFF7F0E3
#define PAPER_ATTRACT 0xFFFBF3E2
#define SURFACE 0xFFFFFFFF
#define SAND 0xFFECE1CD
#define SAND2 0xFFDCCBAE
#define PICTURE_TINT 0xFFF1E9DA /* behind drawings that are white themselves */
#define LINE 0xFFCDBB9A
#define LINE2 0xFF85704F
#define INK 0xFF22170E
#define INK2 0xFF4B3A2B
#define INDIGO 0xFF173B6C
#define INDIGO_PRESS 0xFF0D2443
#define INDIGO_TINT 0xFFE2EAF5
#define INDIGO_LIP_TINT 0xFFA9BEDD /* lip of the listen tool */
#define SON 0xFF961B1E
#define SON_PRESS 0xFF661012
#define SON_TINT 0xFFFBE6E1
#define LUA 0xFF17572F
#define LUA_PRESS 0xFF0C361C
#define LUA_TINT 0xFFDFF0E2
#define NGHE 0xFFF3B433
#define NGHE_PRESS 0xFFC98A10
#define NGHE_DEEP 0xFF6B4000
#define NGHE_TINT 0xFFFFF0C8
#define NGHE_BULB 0xFF8A5000
#define NOTYET_LINE 0xFF9A5B00
#define LINK 0xFF164680
#define HIGHLIGHT 0xFFFFDB6B
#define DASH 0xFFB7A27E
#define SENDER_TINT 0xFFE7DDE8
#define SENDER_INK 0xFF463B47
#define SCRIM 0xB822170E /* ink at 72 % */

/* dp */
#define LIP 6.0F
#define LIP_TOOL 5.0F
#define PRESS_DY 5.0F
#define HIT_GROW 8.0F
#define SLIDE_MAX 24.0F   /* a finger may slide so far and still tap */
#define SWIPE_LEAST 48.0F /* so far at least it is pushed, where that means something */
#define BAND_H 14.0F
#define LINE_DECORATIVE 2.0F
#define LINE_PRESSABLE 3.0F
#define LINE_CHOSEN 5.0F

/* ms */
#define TAP_GAP_MS 350 /* a second touch within it is a tremor */
