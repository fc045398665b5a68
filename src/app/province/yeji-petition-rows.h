// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-petition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In place of a row's number in the pointer of a place: a row that is not there yet. */
#define YEJI_PETITION_NEW_ROW "-"

/* What a petition says, as rows of lists. */
char       *yeji_petition_dup_place     (YejiRecord          *record,
                                         const char          *pointer);
GListModel *yeji_petition_list_places   (YejiRecord          *record);
GtkWidget  *yeji_petition_make_change   (YejiDraft           *copy,
                                         YejiRow             *row,
                                         const YejiFieldDef  *field,
                                         const char          *approved,
                                         GtkWidget          **remove,
                                         GtkWidget          **target);
GtkWidget  *yeji_petition_make_row      (YejiDraft           *copy,
                                         YejiRow             *row,
                                         gboolean             comes,
                                         GtkWidget          **remove,
                                         GtkWidget          **target);
GtkWidget  *yeji_petition_make_fixed    (YejiRecord          *record,
                                         const YejiPetitionChange *change);
GtkWidget  *yeji_petition_make_file     (const YejiPetitionFile *file,
                                         GtkWidget          **remove);
GtkWidget  *yeji_petition_make_earlier  (YejiRecord          *record,
                                         const YejiPetition  *petition);

G_END_DECLS
