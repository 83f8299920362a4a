/* The yardstick of the benches: the least SDL2 and SDL2_ttf program that shows a lesson
 * page, written as one would on a first day. A page, a picture, two buttons; a click
 * shows the button pressed. After each frame it prints a line {"t_ms":…}, counted from
 * the start of the process, as the kiosk's semantic log does. It shares no code with the
 * kiosk. bench_minimal WIDTH HEIGHT */
#include <SDL.h>
#include <SDL_image.h>
#include <SDL_ttf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const SDL_Rect back_button = { 34, 680, 300, 98 };
static const SDL_Rect next_button = { 1012, 680, 234, 98 };

static double boot_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_BOOTTIME, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

/* Field 22 of /proc/self/stat: when the process was started, in ticks since boot. */
static double started_ms(void)
{
    FILE *f = fopen("/proc/self/stat", "r");
    char line[1024] = "";
    unsigned long long ticks = 0;
    char *at;

    if (f && fgets(line, sizeof(line), f) && (at = strrchr(line, ')')) != NULL)
        sscanf(at + 2,
               "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d "
               "%*d %*d %*d %llu",
               &ticks);
    if (f)
        fclose(f);
    return (double)ticks * 1000 / (double)sysconf(_SC_CLK_TCK);
}

static void fill(SDL_Surface *screen, SDL_Rect r, Uint8 red, Uint8 green, Uint8 blue)
{
    SDL_FillRect(screen, &r, SDL_MapRGB(screen->format, red, green, blue));
}

static void text(SDL_Surface *screen, TTF_Font *font, int x, int y, const char *line,
                 SDL_Color colour)
{
    SDL_Surface *s = TTF_RenderUTF8_Blended(font, line, colour);
    SDL_Rect to = { x, y, 0, 0 };

    SDL_BlitSurface(s, NULL, screen, &to);
    SDL_FreeSurface(s);
}

struct page {
    TTF_Font *title, *body, *button;
    SDL_Surface *picture; /* NULL: a box */
};

static void draw(SDL_Window *window, const struct page *p, bool pressed)
{
    static const SDL_Color ink = { 34, 23, 14, 255 };
    static const SDL_Color red = { 150, 27, 30, 255 };
    static const SDL_Color white = { 255, 255, 255, 255 };
    SDL_Surface *screen = SDL_GetWindowSurface(window);
    SDL_Rect picture = { 34, 170, 524, 436 };

    fill(screen, (SDL_Rect){ 0, 0, screen->w, screen->h }, 247, 240, 227);
    if (p->picture)
        SDL_BlitScaled(p->picture, NULL, screen, &picture);
    else
        fill(screen, picture, 226, 234, 245);
    text(screen, p->title, 593, 236, "Không đọc mã cho ai", ink);
    text(screen, p->body, 593, 314, "Ngân hàng gửi mã 6 số vào máy mình.", ink);
    text(screen, p->body, 593, 365, "Ai có mã là lấy được tiền của mình.", ink);
    text(screen, p->button, 682, 450, "Công an, ngân hàng", red);
    text(screen, p->button, 682, 491, "không bao giờ hỏi mã.", red);
    text(screen, p->button, 143, 42, "Giữ kín mã 6 số", ink);
    fill(screen, back_button, 255, 255, 255);
    text(screen, p->button, 128, 709, "Trang trước", ink);
    fill(screen, next_button, pressed ? 15 : 23, pressed ? 44 : 59, pressed ? 84 : 108);
    text(screen, p->button, 1072, pressed ? 714 : 709, "Tiếp", white);
    SDL_UpdateWindowSurface(window);
}

/* `name` below ../share/bdhvs, seen from this program. */
static void share_path(char *out, size_t n, const char *name)
{
    char *base = SDL_GetBasePath();

    snprintf(out, n, "%s../share/bdhvs/%s", base ? base : "", name);
    SDL_free(base);
}

static TTF_Font *open_font(const char *name, int size)
{
    char path[4096];
    TTF_Font *font;

    share_path(path, sizeof(path), name);
    font = TTF_OpenFont(path, size);
    if (!font)
        fprintf(stderr, "bench_minimal: %s: %s\n", path, TTF_GetError());
    return font;
}

static bool load(struct page *p)
{
    char path[4096];

    share_path(path, sizeof(path), "art/648/canh-giotay.png");
    p->picture = IMG_Load(path);
    p->title = open_font("fonts/NotoSans-Bold.ttf", 43);
    p->body = open_font("fonts/NotoSans-Regular.ttf", 34);
    p->button = open_font("fonts/NotoSans-Bold.ttf", 28);
    return p->title && p->body && p->button;
}

static void report(double started)
{
    printf("{\"t_ms\":%.1f}\n", boot_ms() - started);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    double started = started_ms();
    int w = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 1280;
    int h = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 800;
    struct page p = { 0 };
    SDL_Window *window;
    SDL_Event e;

    if (SDL_Init(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0) {
        fprintf(stderr, "bench_minimal: %s\n", SDL_GetError());
        return 1;
    }
    window = SDL_CreateWindow("minimal", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                              w, h, 0);
    if (!window || !load(&p))
        return 1;
    draw(window, &p, false);
    report(started);

    while (SDL_WaitEvent(&e) && e.type != SDL_QUIT) {
        if (e.type == SDL_MOUSEBUTTONDOWN || e.type == SDL_MOUSEBUTTONUP) {
            draw(window, &p, e.type == SDL_MOUSEBUTTONDOWN);
            report(started);
        }
    }
    SDL_Quit();
    return 0;
}
