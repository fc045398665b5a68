// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the files of the window of qualification lists share. */

#pragma once

#include "yeji-use-window.h"

G_BEGIN_DECLS

/* What is to happen as soon as what was ticked is kept. */
typedef enum
{
  YEJI_USE_SENDING_NOT,
  YEJI_USE_SENDING_ONCE,
  YEJI_USE_SENDING_AGAIN,      /* other lists may carry the records */
} YejiUseSending;

struct _YejiUseWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkListBox *lists;
  GtkDropDown *kind;
  GtkEntry *name;
  GtkSearchEntry *search;
  GtkRevealer *notice;
  GtkLabel *notice_text;
  GtkWidget *again;
  GtkStack *stack;
  GtkListView *records;
  AdwStatusPage *failure;
  GtkListBox *totals;
  AdwToastOverlay *toasts;

  YejiStore *store;            /* (nullable): until the end */
  YejiSyncEngine *engine;      /* (nullable) */
  YejiUseChoice *choice;       /* (nullable): until it was read */
  YejiUseList *list;           /* what is being made, or looked at */
  char *wanted;                /* (nullable): the id of the list to be shown next */
  GListStore *items;           /* of YejiUseItem */
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  char *sought;                /* (nullable): what was typed, case folded */
  guint due;                   /* source: will read anew, 0 when none */
  guint save_due;              /* source */
  guint edited, saved;         /* generations of the list */
  guint saving;                /* the generation that is on its way, 0: none */
  YejiUseSending sending;
  guint reading;               /* questions that were not answered yet */
  gboolean filling;            /* what changes is set by the program, not by the clerk */
};

/* What is kept, with the store that keeps it. */
typedef struct
{
  YejiStore *store;
  YejiUseList *list;
  gboolean again;
} YejiUseKeeping;

YejiUseKeeping *yeji_use_keeping_new    (YejiUseWindow  *self);
void            yeji_use_keeping_free   (gpointer        data);
void            yeji_use_window_refresh (YejiUseWindow  *self);
void            yeji_use_window_save    (YejiUseWindow  *self);

/* yeji-use-steps.c */
void            yeji_use_steps_send     (YejiUseWindow  *self,
                                         YejiUseSending  how);
void            yeji_use_steps_install  (GtkWidgetClass *klass);

G_END_DECLS
