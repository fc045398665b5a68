// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bench"

#include "config.h"

#include <signal.h>
#include <stdlib.h>

#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <gio/gio.h>

/* A first frame covers its window; what is smaller is a popup or a helper of the toolkit. */
#define MIN_SIZE 300
#define PATIENCE_MS 30000

typedef struct
{
  Display *display;
  int damage_event;
  Window window;
  gint64 mapped;
} Watch;

static void
watch_window (Watch              *watch,
              XCreateWindowEvent *created)
{
  if (created->width < MIN_SIZE && created->height < MIN_SIZE && created->override_redirect)
    return;
  /* Before it is mapped, so that its first frame cannot be missed. */
  XDamageCreate (watch->display, created->window, XDamageReportRawRectangles);
}

/* Being mapped damages a window as well: that much is drawn by the server and is no frame. */
static void
watch_mapped (Watch     *watch,
              XMapEvent *mapped)
{
  XEvent exposure;

  watch->window = mapped->window;
  watch->mapped = g_get_monotonic_time ();
  XSync (watch->display, False);
  while (XCheckTypedEvent (watch->display, watch->damage_event, &exposure))
    continue;
}

/* Returns whether the event is the first frame: a drawn area of a shown window's size. */
static gboolean
is_first_frame (Watch  *watch,
                XEvent *event)
{
  XDamageNotifyEvent *damage = (XDamageNotifyEvent *) event;

  if (event->type == CreateNotify)
    watch_window (watch, &event->xcreatewindow);
  if (event->type == MapNotify)
    watch_mapped (watch, &event->xmap);
  return event->type == watch->damage_event
         && damage->drawable == watch->window
         && damage->area.width >= MIN_SIZE
         && damage->area.height >= MIN_SIZE;
}

static gboolean
await_first_frame (Watch  *watch,
                   gint64  until)
{
  GPollFD fd = { .fd = ConnectionNumber (watch->display), .events = G_IO_IN };

  while (g_get_monotonic_time () < until)
    {
      while (XPending (watch->display) > 0)
        {
          XEvent event;

          XNextEvent (watch->display, &event);
          if (is_first_frame (watch, &event))
            return TRUE;
        }
      g_poll (&fd, 1, 100);
    }
  return FALSE;
}

/* What the first thread has done until now: the other figures depend on what else the computer does.
 * 0 where that cannot be told. */
static double
read_own_time (GSubprocess *process)
{
  const char *pid = g_subprocess_get_identifier (process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/schedstat", pid, pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (double) g_ascii_strtoull (text, NULL, 10) / 1000000;
}

static int
ignore_error (Display     *display,
              XErrorEvent *error)
{
  return 0; /* a window that is gone before we look at it */
}

/* bench-first-frame COMMAND...: prints the milliseconds from exec to the window being mapped, of work
 * that its first thread did until its first frame, and from exec to that, as the X server sees them,
 * and ends the command. */
int
main (int    argc,
      char **argv)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { NULL, };
  int first_error;
  gint64 start;
  gboolean seen;
  gint64 end;
  double own;

  watch.display = XOpenDisplay (NULL);
  if (argc < 2 || watch.display == NULL
      || !XDamageQueryExtension (watch.display, &watch.damage_event, &first_error))
    {
      g_printerr ("usage: bench-first-frame COMMAND..., on an X server with DAMAGE\n");
      return EXIT_FAILURE;
    }
  watch.damage_event += XDamageNotify;
  XSetErrorHandler (ignore_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);

  start = g_get_monotonic_time ();
  process = g_subprocess_newv ((const char *const *) argv + 1, G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                               &error);
  if (process == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  seen = await_first_frame (&watch, start + PATIENCE_MS * 1000);
  end = g_get_monotonic_time ();
  own = read_own_time (process);

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  XCloseDisplay (watch.display);
  if (!seen)
    {
      g_printerr ("no frame within %d ms\n", PATIENCE_MS);
      return EXIT_FAILURE;
    }
  g_print ("%.1f %.1f %.1f\n", (watch.mapped - start) / 1000.0, own, (end - start) / 1000.0);
  return EXIT_SUCCESS;
}
