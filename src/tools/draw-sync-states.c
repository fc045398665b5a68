// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Prints the machine that the sync engine runs by, from the very table: as a picture (SVG) or as
 * the tables of docs/sync.md (Markdown). Where things stand in the picture is laid out here by
 * hand; a line of the machine that has no place, and a place without a line, is an error. */

#include "config.h"

#include <glib.h>

#include "yeji-sync-state.h"

#define WIDTH 1120
#define HEIGHT 620
#define BOX_WIDTH 200
#define BOX_HEIGHT 76
#define LINE_HEIGHT 14
#define LINE_CHARACTERS 33

/* Stands for the states in which the engine works with the province, whose failures are the same;
 * and for all states but "stopped", from which the user's wishes lead. */
#define WORKING N_YEJI_SYNC_STATES
#define ANY (N_YEJI_SYNC_STATES + 1)

static const struct
{
  int x, y;
  const char *fill;
} boxes[N_YEJI_SYNC_STATES] = {
  [YEJI_SYNC_STOPPED] = { 110, 40, "#eeeeec" },
  [YEJI_SYNC_SIGNING_IN] = { 110, 180, "#eeeeec" },
  [YEJI_SYNC_ENDED] = { 110, 320, "#fce8b2" },
  [YEJI_SYNC_SIGNED_OUT] = { 110, 460, "#eeeeec" },
  [YEJI_SYNC_RUNNING] = { 470, 180, "#d2e5fa" },
  [YEJI_SYNC_ONLINE] = { 470, 380, "#d5f0d0" },
  [YEJI_SYNC_OFFLINE] = { 880, 40, "#fce8b2" },
  [YEJI_SYNC_BUSY] = { 880, 180, "#fce8b2" },
  [YEJI_SYNC_INCOMPATIBLE] = { 880, 320, "#fbd3cf" },
  [YEJI_SYNC_TROUBLE] = { 880, 460, "#fbd3cf" },
};

/* An arrow, and where its words begin. */
typedef struct
{
  guint from;
  guint to;
  const char *path;
  int x, y;
  const char *anchor;
} Route;

static const Route routes[] = {
  { YEJI_SYNC_STOPPED, YEJI_SYNC_RUNNING, "M 310 73 H 500 V 130", 320, 66, "start" },
  { YEJI_SYNC_SIGNING_IN, YEJI_SYNC_RUNNING, "M 310 213 H 470", 314, 206, "start" },
  { WORKING, YEJI_SYNC_ENDED, "M 440 353 H 310", 318, 346, "start" },
  { WORKING, YEJI_SYNC_SIGNED_OUT, "M 440 475 H 310", 318, 468, "start" },
  { YEJI_SYNC_SIGNED_OUT, YEJI_SYNC_TROUBLE, "M 210 536 V 580 H 980 V 536", 570, 573, "middle" },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_RUNNING, "M 540 180 C 520 140, 620 140, 600 180", 570, 145,
    "middle" },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_ONLINE, "M 510 256 V 380", 518, 322, "start" },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_RUNNING, "M 580 380 V 256", 588, 322, "start" },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_ONLINE, "M 540 456 C 520 486, 620 486, 600 456", 570, 493,
    "middle" },
  { WORKING, YEJI_SYNC_OFFLINE, "M 660 130 V 58 H 880", 670, 52, "start" },
  { YEJI_SYNC_OFFLINE, YEJI_SYNC_RUNNING, "M 880 88 H 680 V 130", 690, 104, "start" },
  { WORKING, YEJI_SYNC_BUSY, "M 700 198 H 880", 710, 192, "start" },
  { YEJI_SYNC_BUSY, YEJI_SYNC_RUNNING, "M 880 228 H 700", 712, 244, "start" },
  { WORKING, YEJI_SYNC_INCOMPATIBLE, "M 700 338 H 880", 710, 332, "start" },
  { YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_RUNNING, "M 880 368 H 700", 712, 384, "start" },
  { WORKING, YEJI_SYNC_TROUBLE, "M 700 478 H 880", 710, 472, "start" },
  { YEJI_SYNC_TROUBLE, YEJI_SYNC_RUNNING, "M 880 508 H 690 V 500", 712, 524, "start" },
  { ANY, YEJI_SYNC_STOPPED, "M 20 73 H 110", 20, 66, "start" },
  { ANY, YEJI_SYNC_SIGNING_IN, "M 20 213 H 110", 20, 206, "start" },
  { ANY, YEJI_SYNC_SIGNED_OUT, "M 20 493 H 110", 20, 486, "start" },
};

static const YejiSyncRule *
find (guint         state,
      YejiSyncEvent event)
{
  return yeji_sync_state_find ((YejiSyncState) state, event);
}

static gboolean
is_like (const YejiSyncRule *one,
         const YejiSyncRule *other)
{
  return one != NULL && other != NULL && one->next == other->next && one->action == other->action;
}

/* Whether an event means the same in all states but "stopped". */
static gboolean
is_of_any (YejiSyncEvent event)
{
  for (guint state = YEJI_SYNC_STOPPED + 1; state < N_YEJI_SYNC_STATES; state++)
    if (!is_like (find (state, event), find (YEJI_SYNC_RUNNING, event)))
      return FALSE;
  return TRUE;
}

/* Whether it leads out of the work with the province, from both of its states alike. */
static gboolean
is_of_working (YejiSyncEvent event)
{
  const YejiSyncRule *rule = find (YEJI_SYNC_RUNNING, event);

  return is_like (rule, find (YEJI_SYNC_ONLINE, event)) && rule->next != YEJI_SYNC_RUNNING
         && rule->next != YEJI_SYNC_ONLINE;
}

static guint
get_origin (const YejiSyncRule *rule)
{
  if (is_of_any (rule->event))
    return ANY;
  if ((rule->state == YEJI_SYNC_RUNNING || rule->state == YEJI_SYNC_ONLINE)
      && is_of_working (rule->event))
    return WORKING;
  return rule->state;
}

static const Route *
find_route (const YejiSyncRule *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (routes[i].from == get_origin (rule) && routes[i].to == rule->next)
      return &routes[i];
  return NULL;
}

/* The events that go one way, each once. */
static char *
get_label (const Route *route)
{
  g_autoptr (GString) label = g_string_new (NULL);
  gboolean seen[N_YEJI_SYNC_EVENTS] = { FALSE };

  for (guint i = 0; i < yeji_sync_n_rules; i++)
    {
      const YejiSyncRule *rule = &yeji_sync_rules[i];

      if (find_route (rule) != route || seen[rule->event])
        continue;
      seen[rule->event] = TRUE;
      g_string_append_printf (label, "%s%s", label->len > 0 ? ", " : "",
                              yeji_sync_event_to_text (rule->event));
    }
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static gboolean
check_routes (void)
{
  gboolean good = TRUE;

  for (guint i = 0; i < yeji_sync_n_rules; i++)
    if (find_route (&yeji_sync_rules[i]) == NULL)
      {
        g_printerr ("no way is laid from %s to %s\n",
                    yeji_sync_state_to_text (yeji_sync_rules[i].state),
                    yeji_sync_state_to_text (yeji_sync_rules[i].next));
        good = FALSE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *label = get_label (&routes[i]);

      if (*label == '\0')
        g_printerr ("nothing goes the way number %u\n", i);
      good = good && *label != '\0';
    }
  return good;
}

/* Words of a box, a few a line. */
static void
print_meaning (const char *text,
               int         x,
               int         y)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (line->len > 0 && line->len + g_utf8_strlen (words[i], -1) >= LINE_CHARACTERS)
        {
          g_print ("<text x=\"%d\" y=\"%d\" class=\"meaning\">%s</text>\n", x, y, line->str);
          g_string_truncate (line, 0);
          y += LINE_HEIGHT;
        }
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
    }
  g_print ("<text x=\"%d\" y=\"%d\" class=\"meaning\">%s</text>\n", x, y, line->str);
}

static gboolean
print_picture (void)
{
  if (!check_routes ())
    return FALSE;
  g_print ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
           " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
           "<title>The states of the sync engine</title>\n"
           "<style>.name { font-weight: bold; font-size: 15px; text-anchor: middle }"
           " .meaning { font-size: 11px; text-anchor: middle; fill: #333 }"
           " .way { fill: none; stroke: #555; stroke-width: 1.5; marker-end: url(#head) }"
           " .event { fill: #1a3d6d }</style>\n"
           "<defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\""
           " markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
           "<path d=\"M 0 0 L 10 5 L 0 10 z\" fill=\"#555\"/></marker></defs>\n"
           "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n"
           "<rect x=\"440\" y=\"130\" width=\"260\" height=\"370\" rx=\"14\" fill=\"#f6f9fc\""
           " stroke=\"#8aa4c0\" stroke-dasharray=\"6 4\"/>\n",
           WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *label = get_label (&routes[i]);

      g_print ("<path class=\"way\" d=\"%s\"/>\n"
               "<text class=\"event\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
               routes[i].path, routes[i].x, routes[i].y, routes[i].anchor, label);
    }
  for (guint i = 0; i < N_YEJI_SYNC_STATES; i++)
    {
      g_print ("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"%s\""
               " stroke=\"#555\"/>\n<text x=\"%d\" y=\"%d\" class=\"name\">%s</text>\n",
               boxes[i].x, boxes[i].y, BOX_WIDTH, BOX_HEIGHT, boxes[i].fill,
               boxes[i].x + BOX_WIDTH / 2, boxes[i].y + 21,
               yeji_sync_state_to_text ((YejiSyncState) i));
      print_meaning (yeji_sync_state_explain ((YejiSyncState) i), boxes[i].x + BOX_WIDTH / 2,
                     boxes[i].y + 38);
    }
  g_print ("</svg>\n");
  return TRUE;
}

/* Who may be in which state when an event comes. */
static char *
get_states (const YejiSyncRule *rule,
            gboolean           *first)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *first = TRUE;
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    {
      const YejiSyncRule *other = &yeji_sync_rules[i];

      if (other->event != rule->event || !is_like (other, rule))
        continue;
      if (text->len == 0)
        *first = other == rule;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              yeji_sync_state_to_text (other->state));
    }
  return is_of_any (rule->event) ? g_strdup ("any but stopped")
                                 : g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_tables (void)
{
  g_print ("| state | means |\n|---|---|\n");
  for (guint i = 0; i < N_YEJI_SYNC_STATES; i++)
    g_print ("| %s | %s |\n", yeji_sync_state_to_text ((YejiSyncState) i),
             yeji_sync_state_explain ((YejiSyncState) i));
  g_print ("\n| in | event | that is | then | and the engine does |\n|---|---|---|---|---|\n");
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    {
      const YejiSyncRule *rule = &yeji_sync_rules[i];
      gboolean first;
      g_autofree char *states = get_states (rule, &first);

      if (first)
        g_print ("| %s | %s | %s | %s | %s |\n", states, yeji_sync_event_to_text (rule->event),
                 yeji_sync_event_explain (rule->event), yeji_sync_state_to_text (rule->next),
                 yeji_sync_action_to_text (rule->action));
    }
  g_print ("\n| action | does |\n|---|---|\n");
  for (guint i = YEJI_SYNC_DO_NOTHING + 1; i < N_YEJI_SYNC_ACTIONS; i++)
    g_print ("| %s | %s |\n", yeji_sync_action_to_text ((YejiSyncAction) i),
             yeji_sync_action_explain ((YejiSyncAction) i));
}

int
main (int   argc,
      char *argv[])
{
  const char *what = argc == 2 ? argv[1] : "";

  if (g_str_equal (what, "--picture"))
    return print_picture () ? 0 : 1;
  if (!g_str_equal (what, "--tables"))
    {
      g_printerr ("draw-sync-states --picture|--tables\n");
      return 2;
    }
  print_tables ();
  return 0;
}
