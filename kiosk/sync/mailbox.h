/* Where the UI thread and the sync thread meet: one message out, the same message back
 * with its answer. Knows nothing of what a message says. */
#pragma once

#include <pthread.h>
#include <stdbool.h>

/* IDLE    -> QUEUED  [mailbox_put, UI]
 * QUEUED  -> SENDING [mailbox_wait, thread]
 * SENDING -> DONE    [mailbox_reply, thread]
 * DONE    -> IDLE    [mailbox_take, UI]
 * The message belongs to the thread while SENDING, otherwise to the box. */
enum mailbox_slot { MAILBOX_IDLE, MAILBOX_QUEUED, MAILBOX_SENDING, MAILBOX_DONE };

struct mailbox {
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t changed;
    enum mailbox_slot slot;
    void *message;
    bool stopping;
};

void mailbox_init(struct mailbox *box);
/* After the thread has ended. Returns a message left in the box, or NULL. */
void *mailbox_finish(struct mailbox *box);

/* False when the box is not IDLE; then the message stays the caller's. Thread: UI. */
bool mailbox_put(struct mailbox *box, void *message);
/* The answered message, or NULL. Thread: UI. */
void *mailbox_take(struct mailbox *box);
/* A message is under way or waits to be taken. Thread: UI. */
bool mailbox_busy(struct mailbox *box);

/* Waits for a message; NULL when the box was told to stop. Thread: sync. */
void *mailbox_wait(struct mailbox *box);
/* Gives the message back. Thread: sync. */
void mailbox_reply(struct mailbox *box, void *message);

void mailbox_stop(struct mailbox *box);     /* any thread */
bool mailbox_stopping(struct mailbox *box); /* any thread */
