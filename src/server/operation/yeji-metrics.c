// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-metrics.h"

#include <string.h>

/* Upper ends in seconds. A wait for news takes up to 25 s, an upload minutes. */
static const double buckets[] = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30 };

typedef struct
{
  guint64 counts[G_N_ELEMENTS (buckets) + 1];  /* each answer in one of them */
  double seconds;
  GHashTable *statuses;        /* status -> guint64 */
} Line;

struct _YejiMetrics
{
  GMutex mutex;
  gint64 started_at;
  GHashTable *lines;           /* "METHOD PATTERN" -> Line */
};

static void
free_line (gpointer data)
{
  Line *line = data;

  g_hash_table_unref (line->statuses);
  g_free (line);
}

/**
 * yeji_metrics_new:
 *
 * Returns: (transfer full): with nothing counted
 */
YejiMetrics *
yeji_metrics_new (void)
{
  YejiMetrics *self = g_new0 (YejiMetrics, 1);

  g_mutex_init (&self->mutex);
  self->started_at = g_get_real_time () / G_USEC_PER_SEC;
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_line);
  return self;
}

static Line *
get_line (YejiMetrics *self,
          const char  *method,
          const char  *pattern)
{
  g_autofree char *key = g_strconcat (method, " ", pattern, NULL);
  Line *line = g_hash_table_lookup (self->lines, key);

  if (line != NULL)
    return line;
  line = g_new0 (Line, 1);
  line->statuses = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->lines, g_steal_pointer (&key), line);
  return line;
}

static guint
find_bucket (double seconds)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (buckets) && seconds > buckets[i])
    i++;
  return i;
}

/**
 * yeji_metrics_note:
 * @method: one that the server knows, or `-`
 * @pattern: of a route, or `-` for what is none: never a path, which may name somebody
 *
 * Counts an answer.
 */
void
yeji_metrics_note (YejiMetrics *self,
                   const char  *method,
                   const char  *pattern,
                   guint        status,
                   gint64       microseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Line *line = get_line (self, method, pattern);
  double seconds = (double) microseconds / G_USEC_PER_SEC;
  guint64 *count = g_hash_table_lookup (line->statuses, GUINT_TO_POINTER (status));

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (line->statuses, GUINT_TO_POINTER (status), count);
    }
  *count += 1;
  line->counts[find_bucket (seconds)]++;
  line->seconds += seconds;
}

/**
 * yeji_metrics_sum:
 * @sum: (out caller-allocates)
 *
 * Adds everything up.
 */
void
yeji_metrics_sum (YejiMetrics    *self,
                  YejiMetricsSum *sum)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTableIter lines, statuses;
  gpointer line, status, count;

  *sum = (YejiMetricsSum) { .started_at = self->started_at };
  g_hash_table_iter_init (&lines, self->lines);
  while (g_hash_table_iter_next (&lines, NULL, &line))
    {
      g_hash_table_iter_init (&statuses, ((Line *) line)->statuses);
      while (g_hash_table_iter_next (&statuses, &status, &count))
        {
          guint code = GPOINTER_TO_UINT (status);

          sum->requests += *(guint64 *) count;
          if (code >= 500)
            sum->errors += *(guint64 *) count;
          else if (code >= 400)
            sum->refusals += *(guint64 *) count;
        }
    }
}

static void
print_statuses (const char *labels,
                Line       *line,
                GString    *text)
{
  g_autoptr (GList) statuses = g_hash_table_get_keys (line->statuses);

  for (GList *item = statuses; item != NULL; item = item->next)
    g_string_append_printf (text, "yeji_requests_total{%s,status=\"%u\"} %" G_GUINT64_FORMAT "\n",
                            labels, GPOINTER_TO_UINT (item->data),
                            *(guint64 *) g_hash_table_lookup (line->statuses, item->data));
}

static void
print_number (GString *text,
              double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.6g", number));
}

static void
print_histogram (const char *labels,
                 Line       *line,
                 GString    *text)
{
  guint64 sum = 0;

  for (guint i = 0; i <= G_N_ELEMENTS (buckets); i++)
    {
      sum += line->counts[i];
      g_string_append_printf (text, "yeji_request_seconds_bucket{%s,le=\"", labels);
      if (i < G_N_ELEMENTS (buckets))
        print_number (text, buckets[i]);
      else
        g_string_append (text, "+Inf");
      g_string_append_printf (text, "\"} %" G_GUINT64_FORMAT "\n", sum);
    }
  g_string_append_printf (text, "yeji_request_seconds_sum{%s} ", labels);
  print_number (text, line->seconds);
  g_string_append_printf (text, "\nyeji_request_seconds_count{%s} %" G_GUINT64_FORMAT "\n", labels,
                          sum);
}

static void
print_lines (YejiMetrics *self,
             GString     *text,
             void       (*print) (const char *labels,
                                  Line       *line,
                                  GString    *text))
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->lines);

  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      g_auto (GStrv) parts = g_strsplit (key->data, " ", 2);
      g_autofree char *labels = g_strdup_printf ("method=\"%s\",route=\"%s\"", parts[0], parts[1]);

      print (labels, g_hash_table_lookup (self->lines, key->data), text);
    }
}

/**
 * yeji_metrics_print:
 *
 * Appends what was counted, as Prometheus reads it (text format 0.0.4).
 */
void
yeji_metrics_print (YejiMetrics *self,
                    GString     *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_string_append_printf (text,
                          "# HELP yeji_start_time_seconds When the server was started.\n"
                          "# TYPE yeji_start_time_seconds gauge\n"
                          "yeji_start_time_seconds %" G_GINT64_FORMAT "\n"
                          "# HELP yeji_requests_total Requests that were answered.\n"
                          "# TYPE yeji_requests_total counter\n", self->started_at);
  print_lines (self, text, print_statuses);
  g_string_append (text,
                   "# HELP yeji_request_seconds From the headers of a request to the last byte of"
                   " its answer.\n"
                   "# TYPE yeji_request_seconds histogram\n");
  print_lines (self, text, print_histogram);
}

/**
 * yeji_metrics_free:
 * @self: (transfer full)
 *
 * Frees the counts.
 */
void
yeji_metrics_free (YejiMetrics *self)
{
  g_hash_table_unref (self->lines);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
