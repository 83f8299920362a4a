/* The disk of cut_disk.h as a SQLite VFS: one process, no locks. */
#pragma once

#include "cut_disk.h"

#define CUT_VFS_NAME "cut"

/* Registers the VFS, not as the default. */
void cut_vfs_register(void);
