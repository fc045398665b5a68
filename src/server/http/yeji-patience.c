// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-patience.h"

#define DATA_KEY "yeji-patience"
/* How often it is looked; nobody is cut off later than this after his time. */
#define TICK_MILLISECONDS 500

/* What a connection is waited for. */
typedef enum
{
  PHASE_HEADERS,
  PHASE_BODY,
  PHASE_ANSWER,                /* we are to speak: nothing is waited for */
  PHASE_WRITING,
  PHASE_IDLE,
  N_PHASES
} Phase;

/* One connection, until its socket is gone and nobody speaks of it any more. */
typedef struct
{
  GSocket *socket;             /* (unowned): gone when the weak reference says so */
  Phase phase;
  gint64 since;                /* monotonic: of the phase, or of the span that is measured */
  gsize n_bytes;               /* since then */
  gboolean ended;              /* cut off: libsoup has not noticed yet */
} Line;

/* All of a server. */
typedef struct
{
  YejiServerSettings limits;
  GHashTable *lines;           /* GSocket -> Line */
  guint timer;
} Patience;

static void
enter (Line  *line,
       Phase  phase)
{
  line->phase = phase;
  line->since = g_get_monotonic_time ();
  line->n_bytes = 0;
}

/* libsoup sees the end of the connection, and lets it go as any other. */
static void
cut_off (Line *line)
{
  static const char * const reasons[N_PHASES] = {
    [PHASE_HEADERS] = "no headers", [PHASE_BODY] = "the body is too slow",
    [PHASE_ANSWER] = "there are too many", [PHASE_WRITING] = "the answer is taken too slowly",
    [PHASE_IDLE] = "no further request",
  };

  g_debug ("a connection is cut off: %s", reasons[line->phase]);
  line->ended = TRUE;
  g_socket_shutdown (line->socket, TRUE, TRUE, NULL);
}

/* Bytes are measured over a span at a time, so that a fast beginning buys no slow end. */
static void
look (Patience *self,
      Line     *line,
      gint64    now)
{
  const YejiServerSettings *limits = &self->limits;
  const guint seconds[N_PHASES] = {
    [PHASE_HEADERS] = limits->header_seconds, [PHASE_BODY] = limits->slow_seconds,
    [PHASE_WRITING] = limits->slow_seconds, [PHASE_IDLE] = limits->idle_seconds,
  };

  if (line->ended || line->phase == PHASE_ANSWER
      || now - line->since < seconds[line->phase] * G_TIME_SPAN_SECOND)
    return;
  if ((line->phase == PHASE_BODY || line->phase == PHASE_WRITING)
      && line->n_bytes >= limits->slow_bytes)
    enter (line, line->phase);
  else
    cut_off (line);
}

static void
handle_gone (gpointer  data,
             GObject  *socket)
{
  Patience *self = data;

  g_hash_table_remove (self->lines, socket);
}

/* libsoup 3.2.3 closes the socket of a connection that asked for nothing, and keeps the object. */
static void
forget_closed (Patience *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &socket, NULL))
    if (g_socket_is_closed (socket))
      {
        g_object_weak_unref (socket, handle_gone, self);
        g_hash_table_iter_remove (&iter);
      }
}

static gboolean
handle_tick (gpointer data)
{
  Patience *self = data;
  g_autoptr (GList) lines = NULL;
  gint64 now = g_get_monotonic_time ();

  forget_closed (self);
  lines = g_hash_table_get_values (self->lines);
  for (GList *item = lines; item != NULL; item = item->next)
    look (self, item->data, now);
  if (lines != NULL)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
is_open (Line *line)
{
  return !line->ended && !g_socket_is_closed (line->socket);
}

/* Who has asked for nothing yet goes before who waits for an answer. */
static Line *
find_idlest (Patience *self)
{
  GHashTableIter iter;
  gpointer value;
  Line *found = NULL;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Line *line = value;

      if (is_open (line) && (line->phase == PHASE_HEADERS || line->phase == PHASE_IDLE)
          && (found == NULL || line->since < found->since))
        found = line;
    }
  return found;
}

static guint
count_open (Patience *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += is_open (value);
  return n;
}

static Line *
add_line (Patience *self,
          GSocket  *socket)
{
  Line *line = g_rc_box_new0 (Line);
  Line *other = NULL;

  line->socket = socket;
  enter (line, PHASE_HEADERS);
  if (g_hash_table_size (self->lines) >= self->limits.connections
      && count_open (self) >= self->limits.connections)
    other = find_idlest (self);
  if (other != NULL)
    cut_off (other);
  g_hash_table_insert (self->lines, socket, line);
  g_object_weak_ref (G_OBJECT (socket), handle_gone, self);
  if (other == NULL && count_open (self) > self->limits.connections)
    cut_off (line);
  if (self->timer == 0)
    self->timer = g_timeout_add (TICK_MILLISECONDS, handle_tick, self);
  return line;
}

static void
handle_got_headers (SoupServerMessage *message,
                    Line              *line)
{
  enter (line, PHASE_BODY);
}

static void
handle_got_chunk (SoupServerMessage *message,
                  GBytes            *chunk,
                  Line              *line)
{
  line->n_bytes += g_bytes_get_size (chunk);
}

static void
handle_got_body (SoupServerMessage *message,
                 Line              *line)
{
  enter (line, PHASE_ANSWER);
}

static void
handle_wrote_headers (SoupServerMessage *message,
                      Line              *line)
{
  enter (line, PHASE_WRITING);
}

static void
handle_wrote_data (SoupServerMessage *message,
                   guint              size,
                   Line              *line)
{
  line->n_bytes += size;
}

static void
release (gpointer  line,
         GClosure *closure)
{
  g_rc_box_release (line);
}

static void
handle_finished (SoupServerMessage *message,
                 Line              *line)
{
  enter (line, PHASE_IDLE);
}

/* A connection that was made, or the first byte of another request on one. */
static void
handle_started (SoupServer        *soup,
                SoupServerMessage *message,
                Patience          *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } steps[] = {
    { "got-headers", G_CALLBACK (handle_got_headers) },
    { "got-chunk", G_CALLBACK (handle_got_chunk) },
    { "got-body", G_CALLBACK (handle_got_body) },
    { "wrote-headers", G_CALLBACK (handle_wrote_headers) },
    { "wrote-body-data", G_CALLBACK (handle_wrote_data) },
    { "finished", G_CALLBACK (handle_finished) },
  };
  GSocket *socket = soup_server_message_get_socket (message);
  Line *line = socket != NULL ? g_hash_table_lookup (self->lines, socket) : NULL;

  if (socket == NULL)
    return;
  if (line == NULL)
    line = add_line (self, socket);
  else
    enter (line, PHASE_HEADERS);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_signal_connect_data (message, steps[i].signal, steps[i].handler, g_rc_box_acquire (line),
                           release, 0);
}

static void
free_patience (gpointer data)
{
  Patience *self = data;
  g_autoptr (GList) sockets = g_hash_table_get_keys (self->lines);

  for (GList *item = sockets; item != NULL; item = item->next)
    g_object_weak_unref (item->data, handle_gone, self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->lines);
  g_free (self);
}

/**
 * yeji_patience_watch:
 *
 * Has connections cut off that are open for nothing, whoever holds them: those that send or take
 * too slowly, and the idlest one where there are more than can be. How long an answer is being made
 * is our own matter.
 */
void
yeji_patience_watch (SoupServer               *soup,
                     const YejiServerSettings *settings)
{
  Patience *self = g_new0 (Patience, 1);

  self->limits = *settings;
  self->lines = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_rc_box_release);
  g_object_set_data_full (G_OBJECT (soup), DATA_KEY, self, free_patience);
  g_signal_connect (soup, "request-started", G_CALLBACK (handle_started), self);
}

/**
 * yeji_patience_count:
 *
 * Returns: how many connections are open and not cut off
 */
guint
yeji_patience_count (SoupServer *soup)
{
  Patience *self = g_object_get_data (G_OBJECT (soup), DATA_KEY);

  g_return_val_if_fail (self != NULL, 0);

  return count_open (self);
}
