/* One slot under one mutex. */
#include "sync/mailbox.h"

#include "base/check.h"

void mailbox_init(struct mailbox *box)
{
    *box = (struct mailbox){ .slot = MAILBOX_IDLE };
    ASSERT(pthread_mutex_init(&box->lock, NULL) == 0);
    ASSERT(pthread_cond_init(&box->changed, NULL) == 0);
}

void *mailbox_finish(struct mailbox *box)
{
    void *left = box->message;

    pthread_cond_destroy(&box->changed);
    pthread_mutex_destroy(&box->lock);
    box->message = NULL;
    return left;
}

bool mailbox_put(struct mailbox *box, void *message)
{
    bool taken;

    pthread_mutex_lock(&box->lock);
    taken = box->slot == MAILBOX_IDLE && !box->stopping;
    if (taken) {
        box->message = message;
        box->slot = MAILBOX_QUEUED;
        pthread_cond_signal(&box->changed);
    }
    pthread_mutex_unlock(&box->lock);
    return taken;
}

void *mailbox_take(struct mailbox *box)
{
    void *message = NULL;

    pthread_mutex_lock(&box->lock);
    if (box->slot == MAILBOX_DONE) {
        message = box->message;
        box->message = NULL;
        box->slot = MAILBOX_IDLE;
    }
    pthread_mutex_unlock(&box->lock);
    return message;
}

bool mailbox_busy(struct mailbox *box)
{
    bool busy;

    pthread_mutex_lock(&box->lock);
    busy = box->slot != MAILBOX_IDLE;
    pthread_mutex_unlock(&box->lock);
    return busy;
}

void *mailbox_wait(struct mailbox *box)
{
    void *message = NULL;

    pthread_mutex_lock(&box->lock);
    while (box->slot != MAILBOX_QUEUED && !box->stopping)
        pthread_cond_wait(&box->changed, &box->lock);
    if (!box->stopping) {
        message = box->message;
        box->message = NULL;
        box->slot = MAILBOX_SENDING;
    }
    pthread_mutex_unlock(&box->lock);
    return message;
}

void mailbox_reply(struct mailbox *box, void *message)
{
    pthread_mutex_lock(&box->lock);
    ASSERT(box->slot == MAILBOX_SENDING);
    box->message = message;
    box->slot = MAILBOX_DONE;
    pthread_mutex_unlock(&box->lock);
}

void mailbox_stop(struct mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    box->stopping = true;
    pthread_cond_signal(&box->changed);
    pthread_mutex_unlock(&box->lock);
}

bool mailbox_stopping(struct mailbox *box)
{
    bool stopping;

    pthread_mutex_lock(&box->lock);
    stopping = box->stopping;
    pthread_mutex_unlock(&box->lock);
    return stopping;
}
