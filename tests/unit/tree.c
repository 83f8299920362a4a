/* Copying, spoiling and removing a folder of files. */
#include "tree.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"

#define FILE_MAX (16U * 1024U * 1024U)

static bool is_folder(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *tree_read(struct tree *t, const char *path, size_t *n)
{
    struct buf b;
    char *copy;

    buf_init(&b, FILE_MAX);
    ASSERT(file_read(path, &b) == ERR_OK);
    copy = arena_strndup(&t->arena, buf_text(&b), b.len);
    *n = b.len;
    buf_finish(&b);
    return copy;
}

void tree_write(const char *path, const void *bytes, size_t n)
{
    ASSERT(file_replace(path, bytes, n, 0644) == ERR_OK);
}

static void copy_folder(struct tree *t, const char *from, const char *to)
{
    DIR *dir = opendir(from);
    struct dirent *e;

    ASSERT(dir);
    ASSERT(file_make_folder(to) == ERR_OK);
    while ((e = readdir(dir))) {
        const char *source, *target;
        char *bytes;
        size_t n;

        if (e->d_name[0] == '.')
            continue;
        source = arena_printf(&t->arena, "%s/%s", from, e->d_name);
        target = arena_printf(&t->arena, "%s/%s", to, e->d_name);
        if (is_folder(source)) {
            copy_folder(t, source, target);
        } else {
            bytes = tree_read(t, source, &n);
            tree_write(target, bytes, n);
        }
    }
    closedir(dir);
}

static void remove_folder(struct tree *t, const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *e;

    while (dir && (e = readdir(dir))) {
        const char *name = arena_printf(&t->arena, "%s/%s", path, e->d_name);

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (is_folder(name))
            remove_folder(t, name);
        else
            unlink(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

void tree_make(struct tree *t)
{
    const char *tmp = getenv("TMPDIR");
    char *root;

    if (!tmp) /* in memory where there is one: every file written is synced */
        tmp = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    *t = (struct tree){ 0 };
    root = arena_printf(&t->arena, "%s/bdhvs-test-XXXXXX", tmp);
    ASSERT(mkdtemp(root));
    t->root = root;
    t->content = arena_printf(&t->arena, "%s/content", root);
    copy_folder(t, CONTENT_ONE, t->content);
}

void tree_remove(struct tree *t)
{
    remove_folder(t, t->root);
    arena_finish(&t->arena);
}

const char *tree_path(struct tree *t, const char *name)
{
    return arena_printf(&t->arena, "%s/%s", t->content, name);
}

void tree_replace(struct tree *t, const char *name, const char *from, const char *to)
{
    const char *path = tree_path(t, name);
    struct buf b;
    size_t n;
    char *text = tree_read(t, path, &n);
    char *at = strstr(text, from);

    ASSERT(at);
    buf_init(&b, FILE_MAX);
    buf_add(&b, text, (size_t)(at - text));
    buf_str(&b, to);
    buf_str(&b, at + strlen(from));
    tree_write(path, b.data, b.len);
    buf_finish(&b);
}
