// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How fast documents are examined by one process and by two, and what that takes of memory. The
 * yardstick is what the same documents cost to be read and summed alone. */

#include "yeji-examiner.h"

#include <stdlib.h>

#include <sys/resource.h>

#include "scan-files.h"
#include "yeji-test.h"

#define N_IMAGES 500
#define N_PDFS 20
#define N_PAGES 20

typedef struct
{
  GPtrArray *files;            /* (element-type GFile) */
  int next;
  int n_failed;
} Job;

static GFile *
name_file (const char *dir,
           const char *kind,
           guint       i)
{
  g_autofree char *name = g_strdup_printf ("%s-%03u", kind, i);

  return g_file_new_build_filename (dir, name, NULL);
}

/* A sheet as a scanner makes it: its paper is not quite white. */
static void
write_scan (GFile *file,
            guint  number)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *title = g_strdup_printf ("合同 %u", number);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  guint32 state = number + 1;
  guint8 *pixels;
  gsize length;

  scan_write_image (path, "jpeg", 1654, 2339, title);
  pixbuf = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  pixels = gdk_pixbuf_get_pixels (pixbuf);
  length = gdk_pixbuf_get_byte_length (pixbuf);
  for (gsize i = 0; i < length; i += 60)
    {
      state = state * 1664525u + 1013904223u;
      pixels[i] = (guint8) MAX (0, pixels[i] - (int) (state >> 29));
    }
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "75", "x-dpi", "200", "y-dpi", "200",
                   NULL);
  g_assert_no_error (error);
}

static void
copy_file (GFile *from,
           GFile *to)
{
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
make_images (const char *dir)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_IMAGES; i++)
    {
      g_ptr_array_add (files, name_file (dir, "scan", i));
      if (i < N_PAGES)
        write_scan (g_ptr_array_index (files, i), i);
      else
        copy_file (g_ptr_array_index (files, i % N_PAGES), g_ptr_array_index (files, i));
    }
  return files;
}

static GPtrArray *
make_pdfs (const char *dir,
           GPtrArray  *images)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  YejiExaminer *examiner = yeji_examiner_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_PDFS; i++)
    {
      g_ptr_array_add (files, name_file (dir, "pdf", i));
      if (i == 0)
        yeji_examiner_combine (examiner, (GFile **) images->pdata, N_PAGES,
                               g_ptr_array_index (files, 0), NULL, NULL, &error);
      else
        copy_file (g_ptr_array_index (files, 0), g_ptr_array_index (files, i));
      g_assert_no_error (error);
    }
  yeji_examiner_close (examiner);
  g_object_unref (examiner);
  return files;
}

static gpointer
examine_some (gpointer data)
{
  const YejiLimits limits = { .scan_dpi = 150, .scan_ink = 0.0002, .scan_pages = 200 };
  YejiExaminer *examiner = yeji_examiner_new ();
  Job *job = data;
  int i;

  yeji_examiner_set_limits (examiner, &limits);
  while ((i = g_atomic_int_add (&job->next, 1)) < (int) job->files->len)
    {
      g_autoptr (YejiFindings) findings = yeji_examiner_examine (examiner,
                                                                 g_ptr_array_index (job->files, i),
                                                                 NULL, NULL);

      if (findings == NULL || findings->blank->len > 0 || findings->dpi != 200)
        g_atomic_int_inc (&job->n_failed);
    }
  yeji_examiner_close (examiner);
  g_object_unref (examiner);
  return NULL;
}

/* Seconds of processor time of processes that have ended. */
static double
get_used (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* It is somebody else who is told first that a process has ended. */
static double
wait_used (double before)
{
  for (guint i = 0; i < 1000 && get_used () == before; i++)
    g_usleep (1000);
  return get_used () - before;
}

/* Seconds. */
static double
measure (GPtrArray *files,
         guint      n_processes,
         double    *used)
{
  Job job = { files, 0, 0 };
  GThread *threads[8];
  double before = get_used ();
  gint64 began = g_get_monotonic_time ();
  gint64 ended;

  for (guint i = 0; i < n_processes; i++)
    threads[i] = g_thread_new ("examines", examine_some, &job);
  for (guint i = 0; i < n_processes; i++)
    g_thread_join (threads[i]);
  ended = g_get_monotonic_time ();
  *used = wait_used (before);
  if (job.n_failed > 0)
    g_error ("%d files were not found sound", job.n_failed);
  return (double) (ended - began) / G_USEC_PER_SEC;
}

/* MB that a process had in memory at most. */
static double
get_peak (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) usage.ru_maxrss / 1024;
}

static double
measure_sums (GPtrArray *files)
{
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *content = NULL;
      g_autofree char *sum = NULL;
      gsize length;

      g_assert_true (g_file_load_contents (g_ptr_array_index (files, i), NULL, &content, &length,
                                           NULL, NULL));
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, length);
    }
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static void
tell (const char *what,
      GPtrArray  *files,
      guint       n_pages)
{
  g_autoptr (GFileInfo) info = g_file_query_info (g_ptr_array_index (files, 0),
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  double sums = measure_sums (files);
  double used, used_two;
  double one = measure (files, 1, &used);
  double two = measure (files, 2, &used_two);

  g_print ("examine-%s: %u files of %.0f kB, %u pages each: %.1f s, %.1f CPU s (%.1f files/s, %.0f "
           "CPU ms a page); two processes %.1f s; reading and summing alone %.2f s\n", what,
           files->len, (double) g_file_info_get_size (info) / 1000, n_pages, one, used,
           files->len / one, used * 1000 / (files->len * n_pages), two, sums);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autoptr (GPtrArray) images = make_images (dir);
  g_autoptr (GPtrArray) pdfs = make_pdfs (dir, images);

  tell ("images", images, 1);
  tell ("pdfs", pdfs, N_PAGES);
  g_print ("examine-memory: %.0f MB in the process that decodes, %.0f MB in the one that asks, at "
           "most\n", get_peak (RUSAGE_CHILDREN), get_peak (RUSAGE_SELF));
  yeji_test_dir_remove (dir);
  return 0;
}
