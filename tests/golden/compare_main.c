/* golden_compare WANTED.png GOT.png: for pictures that other programs made. */
#include <stdio.h>

#include "compare.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: golden_compare WANTED.png GOT.png\n");
        return 64;
    }
    return compare_pictures(argv[1], argv[2]);
}
