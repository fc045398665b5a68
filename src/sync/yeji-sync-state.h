// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YejiSyncState:
 * @YEJI_SYNC_STOPPED: the program does not work with this profile
 * @YEJI_SYNC_SIGNED_OUT: nobody is signed in
 * @YEJI_SYNC_ENDED: somebody was signed in, and the province no longer takes the session
 * @YEJI_SYNC_SIGNING_IN: a user name and a password are tried
 * @YEJI_SYNC_RUNNING: records, answers and the dictionary go to and fro
 * @YEJI_SYNC_ONLINE: the last cycle succeeded; waiting for news
 * @YEJI_SYNC_OFFLINE: the last try did not reach the province; tried again by itself
 * @YEJI_SYNC_BUSY: the province is there, but asks to come again later; tried again by itself
 * @YEJI_SYNC_TROUBLE: something on this computer is in the way, or the province refuses the
 *   account; tried again by itself
 * @YEJI_SYNC_INCOMPATIBLE: the province speaks another version of the protocol
 *
 * What the engine is about. The names in profiles are those of yeji_sync_state_to_text().
 */
typedef enum
{
  YEJI_SYNC_STOPPED,
  YEJI_SYNC_SIGNED_OUT,
  YEJI_SYNC_ENDED,
  YEJI_SYNC_SIGNING_IN,
  YEJI_SYNC_RUNNING,
  YEJI_SYNC_ONLINE,
  YEJI_SYNC_OFFLINE,
  YEJI_SYNC_BUSY,
  YEJI_SYNC_TROUBLE,
  YEJI_SYNC_INCOMPATIBLE,
  N_YEJI_SYNC_STATES
} YejiSyncState;

/* What happens to it. */
typedef enum
{
  YEJI_SYNC_EVENT_START,       /* the program opens the profile */
  YEJI_SYNC_EVENT_STOP,        /* the program closes the profile */
  YEJI_SYNC_EVENT_SIGN_IN,     /* the user gives a name and a password */
  YEJI_SYNC_EVENT_ENTERED,     /* the province took them */
  YEJI_SYNC_EVENT_NOT_ENTERED, /* it did not, or was not reached */
  YEJI_SYNC_EVENT_SIGN_OUT,    /* the user signs out */
  YEJI_SYNC_EVENT_OPENED,      /* the profile has an account */
  YEJI_SYNC_EVENT_NO_ACCOUNT,  /* it has none */
  YEJI_SYNC_EVENT_ENDED,       /* the province no longer takes the session */
  YEJI_SYNC_EVENT_DONE,        /* a cycle ended well */
  YEJI_SYNC_EVENT_OVERTAKEN,   /* a cycle ended well, but was asked for once more meanwhile */
  YEJI_SYNC_EVENT_NEWS,        /* the province has news, or a submission's turn has come */
  YEJI_SYNC_EVENT_QUIET,       /* the province has none */
  YEJI_SYNC_EVENT_UNREACHABLE, /* no answer, or none that is the province's */
  YEJI_SYNC_EVENT_BUSY,        /* "later", or a failure of its own */
  YEJI_SYNC_EVENT_TROUBLE,     /* anything else went wrong */
  YEJI_SYNC_EVENT_VERSION,     /* another version of the protocol */
  YEJI_SYNC_EVENT_WAKE,        /* something was queued */
  YEJI_SYNC_EVENT_NOW,         /* the user does not want to wait */
  YEJI_SYNC_EVENT_TIMER,       /* the pause is over */
  N_YEJI_SYNC_EVENTS
} YejiSyncEvent;

/* What the engine does about it. */
typedef enum
{
  YEJI_SYNC_DO_NOTHING,
  YEJI_SYNC_DO_OPEN,           /* read the account */
  YEJI_SYNC_DO_CYCLE,          /* push, ask for the dictionary, pull */
  YEJI_SYNC_DO_WAIT,           /* ask for news, which is answered when there are any */
  YEJI_SYNC_DO_PAUSE,          /* set the timer */
  YEJI_SYNC_DO_REMEMBER,       /* another cycle after this one */
  YEJI_SYNC_DO_REST,           /* until somebody signs in */
  YEJI_SYNC_DO_SIGN_IN,        /* open a session */
  YEJI_SYNC_DO_SIGN_OUT,       /* forget the session, here first */
  YEJI_SYNC_DO_CLOSE,          /* cancel what is under way and wait for its end */
  N_YEJI_SYNC_ACTIONS
} YejiSyncAction;

/* One line of the machine. What is in no line is ignored. */
typedef struct
{
  YejiSyncState state;
  YejiSyncEvent event;
  YejiSyncState next;
  YejiSyncAction action;
} YejiSyncRule;

extern const YejiSyncRule yeji_sync_rules[];
extern const guint yeji_sync_n_rules;

const YejiSyncRule *yeji_sync_state_find      (YejiSyncState   state,
                                               YejiSyncEvent   event);
const char         *yeji_sync_state_to_text   (YejiSyncState   state);
gboolean            yeji_sync_state_from_text (const char     *text,
                                               YejiSyncState  *state);
const char         *yeji_sync_state_explain   (YejiSyncState   state);
const char         *yeji_sync_event_to_text   (YejiSyncEvent   event);
const char         *yeji_sync_event_explain   (YejiSyncEvent   event);
const char         *yeji_sync_action_to_text  (YejiSyncAction  action);
const char         *yeji_sync_action_explain  (YejiSyncAction  action);

G_END_DECLS
