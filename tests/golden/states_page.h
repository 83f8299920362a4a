/* One page with each widget in each of its states, for the golden pictures. */
#pragma once

struct ui;

void states_page(struct ui *ui);
