/* bench_floor: the least that libmicrohttpd can do with an upload: read it to its end and
 * answer with as many bytes as an acknowledgement has. Prints its port; ends with its
 * standard input. What bdhvs-server needs beyond this is verifying, merging, flushing. */
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ACK_BYTES 700

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *data, size_t *n_data, void **con_cls)
{
    static char ack[ACK_BYTES];
    struct MHD_Response *response;
    enum MHD_Result result;

    (void)cls;
    (void)url;
    (void)method;
    (void)version;
    (void)data;
    if (!*con_cls) {
        *con_cls = ack;
        return MHD_YES;
    }
    if (*n_data) {
        *n_data = 0;
        return MHD_YES;
    }
    memset(ack, 'a', sizeof(ack));
    response =
        MHD_create_response_from_buffer(sizeof(ack), ack, MHD_RESPMEM_PERSISTENT);
    result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

int main(void)
{
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL,
                                                 NULL, answer, NULL, MHD_OPTION_END);
    char byte;

    if (!daemon)
        return 1;
    printf("http://127.0.0.1:%u\n",
           MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    if (fflush(stdout))
        return 1;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    MHD_stop_daemon(daemon);
    return 0;
}
