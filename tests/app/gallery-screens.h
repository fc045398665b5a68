// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

/* The program as a clerk has it before her: a window on a profile with invented records in many
 * states, and one on a profile without any. */
typedef struct
{
  char *dir;
  GtkApplication *application;
  YejiDictionary *dictionary;
  YejiStore *store;
  YejiStore *empty;
  YejiStore *past;             /* (nullable): another profile, of gallery-profile.c */
  YejiSyncEngine *engine;
  YejiSyncEngine *empty_engine;
  YejiWindow *window;          /* (nullable): weak */
  char *main;                  /* uuid of the record that is looked at, which was returned */
} Gallery;

/**
 * GalleryScreen:
 * @name: of its picture
 * @open: makes it and returns the toplevel to look at; all toplevels are closed after it
 *
 * A screen or dialog. Whoever makes a new one adds a line to the table in gallery-screens.c: then
 * it is drawn, and walked through by the tests of access.
 */
typedef struct
{
  const char *name;
  GtkWidget *(*open) (Gallery *gallery);
} GalleryScreen;

const GalleryScreen *gallery_get_screens (guint     *n);
void                 gallery_set_up      (Gallery   *gallery);
void                 gallery_tear_down   (Gallery   *gallery);
void                 gallery_set_clock   (void);
void                 gallery_close_all   (Gallery   *gallery);
GdkTexture          *gallery_draw        (GtkWidget *root);

G_END_DECLS
