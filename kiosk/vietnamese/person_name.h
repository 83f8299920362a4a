/* What a person's name may be, and the parts of it that screens say. */
#pragma once

#include <stddef.h>

#include "base/err.h"

#define PERSON_NAME_MAX 120 /* bytes of NFC with the NUL; 60 characters at most */

enum name_trouble {
    NAME_OK,
    NAME_EMPTY,
    NAME_ONE_LETTER, /* a single letter, or no vowel at all in the whole name */
    NAME_TOO_LONG,
    NAME_BAD_CHARACTER, /* digits, emoji, control or direction marks, bad UTF-8 */
};

/* Trims, joins spaces, makes NFC, into `out` (PERSON_NAME_MAX bytes). Letters of any
 * script that people here use (Latin with marks), apostrophe, hyphen, space; at most
 * two marks of their own on a letter. The case is
 * left as typed: a Hrê name is written as its owner writes it. */
enum name_trouble person_name_clean(const char *typed, char *out);

/* "Phạm Thị Nga": given name "Nga", family and middle "Phạm Thị". Points into `name`. */
const char *person_name_given(const char *name);
/* Bytes before the given name's space; 0: the name is one word. */
size_t person_name_family_bytes(const char *name);

/* The year of birth as elderly people know it, in the words of Quảng Ngãi (heo, cọp). A
 * year out of 1900…2100 gives "". The lunar year begins a few weeks later than `year`. */
const char *can_chi(int year, char out[32]); /* "Mậu Tuất" */
const char *animal_of_year(int year);        /* "con chó" */
