// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"

#define TEXT                                                                                       \
  "Enter the contact telephone of participant 2; without it the record is incomplete and cannot "  \
  "be submitted to the province."

static guint n_measured;

/* A text that counts how often it is asked how large it is. */
#define YEJI_TYPE_COUNTING_TEXT (yeji_counting_text_get_type ())
G_DECLARE_FINAL_TYPE (YejiCountingText, yeji_counting_text, YEJI, COUNTING_TEXT, GtkWidget)

struct _YejiCountingText
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (YejiCountingText, yeji_counting_text, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
yeji_counting_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* An area of 10,000 pixels, at least 20 wide. */
static void
yeji_counting_text_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  n_measured++;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = 10000 / (for_size < 0 ? 500 : MAX (for_size, 20));
  else
    {
      *minimum = for_size < 0 ? 20 : MAX (20, 10000 / MAX (for_size, 1));
      *natural = 500;
    }
}

static void
yeji_counting_text_class_init (YejiCountingTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = yeji_counting_text_get_request_mode;
  widget_class->measure = yeji_counting_text_measure;
}

static void
yeji_counting_text_init (YejiCountingText *self)
{
}

/* As a row of a list has it: an icon, and beside it texts one above the other. */
static GtkWidget *
put_beside_icon (GtkWidget *child)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), child);
  gtk_box_append (GTK_BOX (line), gtk_image_new ());
  gtk_box_append (GTK_BOX (line), texts);
  return line;
}

static void
test_label (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (TEXT));
  int minimum, natural;
  int low_minimum, low_natural;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, 20, &low_minimum, &low_natural, NULL,
                      NULL);
  g_assert_cmpint (low_minimum, ==, minimum);
  g_assert_cmpint (low_natural, ==, natural);
}

static void
test_height (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (TEXT));
  int wide, narrow;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 2000, &wide, NULL, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 200, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >=, 3 * wide);
}

static void
test_boxes (void)
{
  g_autoptr (GtkWidget) box = NULL;
  GtkWidget *child = g_object_new (YEJI_TYPE_COUNTING_TEXT, NULL);
  int height;

  for (guint i = 0; i < 4; i++)
    child = put_beside_icon (child);
  box = g_object_ref_sink (child);
  n_measured = 0;
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 200, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, >, 50);
  g_assert_cmpuint (n_measured, <, 20);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/width-first/a-label-is-as-wide-at-every-height", test_label);
  g_test_add_func ("/app/width-first/a-narrow-label-is-higher", test_height);
  g_test_add_func ("/app/width-first/boxes-in-boxes-ask-few-times", test_boxes);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
