/* See program.h. */
#include "wire/program.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "wire/bundle.h"

#define DEPTH_MAX 4
#define VERSION_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789.+~"

const char *const program_names[] = { "bdhvs-content",
                                      "bdhvs-kiosk",
                                      "bdhvs-kiosk-data",
                                      "bdhvs-kiosk-lockdown",
                                      "bdhvs-report",
                                      "bdhvs-voice-vi",
                                      NULL };

void program_package_name(const char *file, char out[PROGRAM_NAME_BYTES])
{
    snprintf(out, PROGRAM_NAME_BYTES, "%.*s", (int)strcspn(file, "_"), file);
}

bool program_name_ok(const char *file, const char *version, const char *arch)
{
    char wanted[2 * PROGRAM_NAME_BYTES];

    for (size_t i = 0; program_names[i]; i++) {
        snprintf(wanted, sizeof(wanted), "%s_%s_%s.deb", program_names[i], version,
                 arch);
        if (!strcmp(file, wanted))
            return true;
        snprintf(wanted, sizeof(wanted), "%s_%s_all.deb", program_names[i], version);
        if (!strcmp(file, wanted))
            return true;
    }
    return false;
}

bool program_version_ok(const char *version)
{
    return *version && strlen(version) < PROGRAM_VERSION_BYTES &&
           !version[strspn(version, VERSION_LETTERS)];
}

static bool read_word(const json_value *v, const char *key, char *out, size_t n)
{
    const char *text = json_text(json_get(v, key));

    return text && *text && !text[strspn(text, VERSION_LETTERS)] &&
           (size_t)snprintf(out, n, "%s", text) < n;
}

static bool read_package(const json_value *v, const struct program_list *list,
                         struct program_package *out)
{
    const char *name = json_text(json_get(v, "name"));
    const char *sha256 = json_text(json_get(v, "sha256"));

    if (!name || !program_name_ok(name, list->version, list->arch) || !sha256 ||
        strlen(sha256) + 1 != sizeof(out->sha256) ||
        sha256[strspn(sha256, "0123456789abcdef")] ||
        json_int(json_get(v, "size"), 1, PROGRAM_PACKAGE_MAX, &out->size))
        return false;
    snprintf(out->name, sizeof(out->name), "%s", name);
    snprintf(out->sha256, sizeof(out->sha256), "%s", sha256);
    for (size_t i = 0; i < list->n_packages; i++)
        if (!strcmp(list->packages[i].name, name))
            return false;
    return true;
}

static bool read_all(const json_value *doc, struct program_list *out)
{
    const json_value *files = json_get(doc, "files");
    size_t n = json_count(files);

    if (json_int(json_get(doc, "ver"), 1, INT64_C(1) << 40, &out->ver) ||
        !read_word(doc, "version", out->version, sizeof(out->version)) ||
        !read_word(doc, "suite", out->suite, sizeof(out->suite)) ||
        !read_word(doc, "arch", out->arch, sizeof(out->arch)) || !n ||
        n > PROGRAM_PACKAGES_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!read_package(json_at(files, i), out, &out->packages[i]))
            return false;
        out->n_packages++;
    }
    return true;
}

enum err program_list_read(const char *json, size_t n, struct program_list *out)
{
    json_value *doc = NULL;
    bool ok;

    *out = (struct program_list){ 0 };
    if (json_parse(json, n, DEPTH_MAX, &doc, NULL, 0))
        return ERR_REJECTED;
    ok = read_all(doc, out);
    json_free(doc);
    return ok ? ERR_OK : ERR_REJECTED;
}

enum err program_system(const struct program_list *list, char out[PROGRAM_SYSTEM_BYTES])
{
    int n = snprintf(out, PROGRAM_SYSTEM_BYTES, "%s-%s", list->suite, list->arch);

    return n > 0 && n < PROGRAM_SYSTEM_BYTES && *out != '.' && bundle_id_ok(out)
               ? ERR_OK
               : ERR_REJECTED;
}

void program_list_write(const struct program_list *list, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "ver", list->ver);
    json_put_text(out, "version", list->version);
    json_put_text(out, "suite", list->suite);
    json_put_text(out, "arch", list->arch);
    json_open(out, "files", '[');
    for (size_t i = 0; i < list->n_packages; i++) {
        json_open(out, NULL, '{');
        json_put_text(out, "name", list->packages[i].name);
        json_put_int(out, "size", list->packages[i].size);
        json_put_text(out, "sha256", list->packages[i].sha256);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    buf_char(out, '\n');
}
