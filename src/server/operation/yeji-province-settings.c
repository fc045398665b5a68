// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-province-settings.h"

#include <string.h>

#include <gio/gio.h>

#include "yeji-json.h"
#include "yeji-province-resources.h"

#define RESOURCE_DIR "/org/yeji/province"
#define OFFICES "offices"
#define MAX_SECRET 4096

/* What a member is. */
typedef enum
{
  KIND_TEXT,
  KIND_PATH,                   /* beside the file, if it is a relative one */
  KIND_BOOLEAN,
  KIND_NUMBER,                 /* guint */
  KIND_SIZE,                   /* guint64 */
} Kind;

typedef struct
{
  const char *section;         /* (nullable) */
  const char *name;
  Kind kind;
  gsize offset;
  gint64 least;
  gint64 most;
  gint64 usual;                /* 0: as whoever reads it says */
} Member;

#define AT(member) G_STRUCT_OFFSET (YejiProvinceSettings, member)

static const Member members[] = {
  { NULL, "listen", KIND_TEXT, AT (listen) },
  { "push", "url", KIND_TEXT, AT (push.url) },
  { "push", "key_file", KIND_PATH, AT (push.key_file) },
  { "push", "wait_seconds", KIND_NUMBER, AT (push.wait_seconds), 0, 86400, 60 },
  { "push", "timeout_seconds", KIND_NUMBER, AT (push.timeout_seconds), 1, 600, 30 },
  { "push", "retry_seconds", KIND_NUMBER, AT (push.retry_seconds), 1, 3600, 30 },
  { "push", "at_once", KIND_NUMBER, AT (push.at_once), 1, 16, 4 },
  { "push", "by_server", KIND_BOOLEAN, AT (push.by_server), 0, 1, 1 },
  { "client", "version", KIND_TEXT, AT (client_version) },
  { "client", "where", KIND_TEXT, AT (client_where) },
  { "log", "requests", KIND_PATH, AT (request_log) },
  { "receipts", "revoked", KIND_TEXT, AT (revoked_keys) },
  { "metrics", "token_file", KIND_PATH, AT (metrics_token_file) },
  { "metrics", "least_free", KIND_NUMBER, AT (least_free), 0, 1000000000, 512 },
  { "limits", "wait_seconds", KIND_NUMBER, AT (limits.wait_seconds), 1, 300 },
  { "limits", "sweep_seconds", KIND_NUMBER, AT (limits.sweep_seconds), 1, 3600 },
  { "limits", "header_seconds", KIND_NUMBER, AT (limits.header_seconds), 1, 600 },
  { "limits", "idle_seconds", KIND_NUMBER, AT (limits.idle_seconds), 1, 3600 },
  { "limits", "slow_seconds", KIND_NUMBER, AT (limits.slow_seconds), 1, 3600 },
  { "limits", "slow_bytes", KIND_NUMBER, AT (limits.slow_bytes), 1, 1024 * 1024 },
  { "limits", "search_milliseconds", KIND_NUMBER, AT (limits.search_milliseconds), 50, 60000 },
  { "limits", "connections", KIND_NUMBER, AT (limits.connections), 16, 1000000 },
  { "limits", "password_passes", KIND_SIZE, AT (limits.password_passes), 1, 1000 },
  { "limits", "password_memory", KIND_SIZE, AT (limits.password_memory), 8192,
    G_GINT64_CONSTANT (4294967296) },
};

/* Members that belong to the province's own description of itself, as mapping.json has them. */
static const char * const mapping_members[] = {
  "name", "project", "number", "approval", "documents", "content", "dictionary", "corrections",
  NULL
};

static char *chosen_path;

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *section,
        const char  *name,
        const char  *reason)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "%s: %s%s%s: %s", path,
               section != NULL ? section : "", section != NULL ? "/" : "", name, reason);
  return FALSE;
}

/* The province's own file if there is one, the one that came with the program otherwise. */
static GBytes *
read_part (const char  *data_dir,
           const char  *name,
           GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, name, NULL);
  g_autofree char *resource = g_build_path ("/", RESOURCE_DIR, name, NULL);
  char *text = NULL;
  gsize length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_resource_lookup_data (yeji_province_get_resource (), resource,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return g_bytes_new_take (text, length);
}

static char *
print_range (const Member *member)
{
  return g_strdup_printf ("must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                          member->least, member->most);
}

static gboolean
set_number (YejiProvinceSettings  *self,
            const Member          *member,
            JsonNode              *node,
            GError               **error)
{
  g_autofree char *range = print_range (member);
  gpointer place = G_STRUCT_MEMBER_P (self, member->offset);
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (error, self->path, member->section, member->name, range);
  number = json_node_get_int (node);
  if (number < member->least || number > member->most)
    return refuse (error, self->path, member->section, member->name, range);
  if (member->kind == KIND_SIZE)
    *(guint64 *) place = (guint64) number;
  else
    *(guint *) place = (guint) number;
  return TRUE;
}

static gboolean
set_boolean (YejiProvinceSettings  *self,
             const Member          *member,
             JsonNode              *node,
             GError               **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (error, self->path, member->section, member->name, "must be true or false");
  *(gboolean *) G_STRUCT_MEMBER_P (self, member->offset) = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
set_text (YejiProvinceSettings  *self,
          const Member          *member,
          JsonNode              *node,
          GError               **error)
{
  const char *text = yeji_json_node_string (node);
  char **place = (char **) G_STRUCT_MEMBER_P (self, member->offset);

  if (text == NULL || *text == '\0')
    return refuse (error, self->path, member->section, member->name,
                   "must be a text that is not empty");
  g_free (*place);
  if (member->kind == KIND_PATH && !g_path_is_absolute (text))
    {
      g_autofree char *dir = g_path_get_dirname (self->path);

      *place = g_build_filename (dir, text, NULL);
    }
  else
    *place = g_strdup (text);
  return TRUE;
}

static gboolean
set_member (YejiProvinceSettings  *self,
            const Member          *member,
            JsonNode              *node,
            GError               **error)
{
  switch (member->kind)
    {
    case KIND_NUMBER:
    case KIND_SIZE:
      return set_number (self, member, node, error);
    case KIND_BOOLEAN:
      return set_boolean (self, member, node, error);
    case KIND_TEXT:
    case KIND_PATH:
    default:
      return set_text (self, member, node, error);
    }
}

static const Member *
find_member (const char *section,
             const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strcmp0 (members[i].section, section) == 0 && g_str_equal (members[i].name, name))
      return &members[i];
  return NULL;
}

static gboolean
is_section (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strcmp0 (members[i].section, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_section (YejiProvinceSettings  *self,
              const char            *section,
              JsonNode              *node,
              GError               **error)
{
  JsonObject *object = yeji_json_node_object (node);
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  if (object == NULL)
    return refuse (error, self->path, NULL, section, "must be an object");
  for (GList *name = names; name != NULL; name = name->next)
    {
      const Member *member = find_member (section, name->data);

      if (member == NULL)
        return refuse (error, self->path, section, name->data, "no such setting");
      if (!set_member (self, member, json_object_get_member (object, name->data), error))
        return FALSE;
    }
  return TRUE;
}

/* Puts a member over that of the mapping; of documents only what is named. */
static gboolean
overlay (YejiProvinceSettings  *self,
         JsonObject            *mapping,
         const char            *name,
         JsonNode              *node,
         GError               **error)
{
  JsonObject *over = yeji_json_node_object (node);
  JsonObject *under = yeji_json_get_object (mapping, name);
  g_autoptr (GList) names = NULL;

  if (!g_str_equal (name, "documents"))
    {
      json_object_set_member (mapping, name, json_node_copy (node));
      return TRUE;
    }
  if (over == NULL)
    return refuse (error, self->path, NULL, name, "must be an object");
  names = json_object_get_members (over);
  for (GList *item = names; item != NULL; item = item->next)
    {
      static const char * const known[] = {
        "quota", "unfinished_hours", "follow_hours", "file_size", NULL
      };
      JsonNode *value = json_object_get_member (over, item->data);

      if (!g_strv_contains (known, item->data))
        return refuse (error, self->path, name, item->data, "no such setting");
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_INT64
          || json_node_get_int (value) <= 0)
        return refuse (error, self->path, name, item->data, "must be a whole number above 0");
      if (under == NULL)
        {
          under = json_object_new ();
          json_object_set_object_member (mapping, name, under);
        }
      json_object_set_member (under, item->data, json_node_copy (value));
    }
  return TRUE;
}

static gboolean
read_top (YejiProvinceSettings  *self,
          JsonObject            *mapping,
          const char            *name,
          JsonNode              *node,
          GError               **error)
{
  const Member *member = find_member (NULL, name);

  if (g_str_equal (name, OFFICES))
    {
      g_autofree char *text = yeji_json_print (node, FALSE);

      if (yeji_json_node_object (node) == NULL)
        return refuse (error, self->path, NULL, name, "must be an object");
      g_bytes_unref (self->offices);
      self->offices = g_bytes_new (text, strlen (text));
      return TRUE;
    }
  if (g_strv_contains (mapping_members, name))
    return overlay (self, mapping, name, node, error);
  if (member != NULL)
    return set_member (self, member, node, error);
  if (is_section (name))
    return read_section (self, name, node, error);
  return refuse (error, self->path, NULL, name, "no such setting");
}

/* Whoever sends personal numbers sends them over TLS, or to this very computer. */
static gboolean
check_url (YejiProvinceSettings  *self,
           GError               **error)
{
  static const char * const own_names[] = { "localhost", "127.0.0.1", "::1", NULL };
  g_autoptr (GUri) uri = NULL;

  if (self->push.url == NULL)
    return TRUE;
  uri = g_uri_parse (self->push.url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return refuse (error, self->path, "push", "url", "must be an address without a user");
  if (g_str_equal (g_uri_get_scheme (uri), "https")
      || (g_str_equal (g_uri_get_scheme (uri), "http")
          && g_strv_contains (own_names, g_uri_get_host (uri))))
    return TRUE;
  return refuse (error, self->path, "push", "url",
                 "must begin with https://, or be plain http of this very computer");
}

/* What clients would not believe is told here, not to nobody. */
static gboolean
check_client (YejiProvinceSettings  *self,
              GError               **error)
{
  g_autoptr (GUri) uri = NULL;

  if (self->client_version != NULL
      && !g_regex_match_simple ("^[0-9]+(\\.[0-9]+)*$", self->client_version,
                                G_REGEX_DOLLAR_ENDONLY, 0))
    return refuse (error, self->path, "client", "version",
                   "must be numbers with dots between them");
  if (self->client_where == NULL)
    return TRUE;
  if (self->client_version == NULL)
    return refuse (error, self->path, "client", "where", "wants a version beside it");
  uri = g_uri_parse (self->client_where, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https")
      || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return refuse (error, self->path, "client", "where", "must begin with https://");
  return TRUE;
}

static gboolean
read_file (YejiProvinceSettings  *self,
           JsonObject            *mapping,
           GError               **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *root;
  gsize length;

  if (!g_file_get_contents (self->path, &text, &length, error))
    return FALSE;
  node = yeji_json_parse (text, (gssize) length, &local_error);
  root = node != NULL ? yeji_json_node_object (node) : NULL;
  if (root == NULL)
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX, "%s: %s", self->path,
                   local_error != NULL ? local_error->message : "must be a JSON object");
      return FALSE;
    }
  names = json_object_get_members (root);
  for (GList *name = names; name != NULL; name = name->next)
    if (!read_top (self, mapping, name->data, json_object_get_member (root, name->data), error))
      return FALSE;
  return check_url (self, error) && check_client (self, error);
}

static void
set_usual (YejiProvinceSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].usual != 0)
      *(guint *) G_STRUCT_MEMBER_P (self, members[i].offset) = (guint) members[i].usual;
}

/**
 * yeji_province_settings_set_path:
 * @path: (nullable): the settings of this process; %NULL for those in the data directory
 *
 * Says where the settings are, before anything reads them.
 */
void
yeji_province_settings_set_path (const char *path)
{
  g_free (chosen_path);
  chosen_path = g_strdup (path);
}

/**
 * yeji_province_settings_get_path:
 *
 * Returns: (nullable): as it was set
 */
const char *
yeji_province_settings_get_path (void)
{
  return chosen_path;
}

/**
 * yeji_province_settings_read:
 * @data_dir: the province's directory
 *
 * Reads the settings: those that came with the program, over them an `offices.json` and a
 * `mapping.json` in the directory, over them the settings file. That one may be missing unless it
 * was named.
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL with an error that names the member
 */
YejiProvinceSettings *
yeji_province_settings_read (const char  *data_dir,
                             GError     **error)
{
  g_autoptr (YejiProvinceSettings) self = g_new0 (YejiProvinceSettings, 1);
  g_autoptr (GBytes) mapping = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  self->path = chosen_path != NULL ? g_strdup (chosen_path)
                                   : g_build_filename (data_dir, YEJI_SETTINGS_FILE, NULL);
  self->is_there = chosen_path != NULL || g_file_test (self->path, G_FILE_TEST_EXISTS);
  set_usual (self);
  self->offices = read_part (data_dir, "offices.json", error);
  mapping = self->offices != NULL ? read_part (data_dir, "mapping.json", error) : NULL;
  if (mapping == NULL)
    return NULL;
  node = yeji_json_parse (g_bytes_get_data (mapping, NULL), (gssize) g_bytes_get_size (mapping),
                          error);
  if (node == NULL)
    return NULL;
  if (yeji_json_node_object (node) == NULL)
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX, "mapping: no JSON object");
      return NULL;
    }
  if (self->is_there && !read_file (self, yeji_json_node_object (node), error))
    return NULL;
  text = yeji_json_print (node, FALSE);
  self->mapping = g_bytes_new (text, strlen (text));
  return g_steal_pointer (&self);
}

/**
 * yeji_province_settings_read_secret:
 * @path: a file with one line
 *
 * Returns: (transfer full) (nullable): the line
 */
char *
yeji_province_settings_read_secret (const char  *path,
                                    GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  g_strstrip (text);
  length = strlen (text);
  if (length > 0 && length <= MAX_SECRET && strpbrk (text, "\r\n \t") == NULL)
    return g_steal_pointer (&text);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: holds no key of one line", path);
  return NULL;
}

static JsonNode *
print_member (const YejiProvinceSettings *self,
              const Member               *member)
{
  gconstpointer place = G_STRUCT_MEMBER_P (self, member->offset);
  JsonNode *node = json_node_alloc ();

  switch (member->kind)
    {
    case KIND_NUMBER:
      return json_node_init_int (node, *(const guint *) place);
    case KIND_SIZE:
      return json_node_init_int (node, (gint64) *(const guint64 *) place);
    case KIND_BOOLEAN:
      return json_node_init_boolean (node, *(const gboolean *) place);
    case KIND_TEXT:
    case KIND_PATH:
    default:
      if (*(char * const *) place == NULL)
        return json_node_init_null (node);
      return json_node_init_string (node, *(char * const *) place);
    }
}

/**
 * yeji_province_settings_to_json:
 * @limits: (nullable): the limits as they are in force; %NULL for those of the file
 *
 * Returns: (transfer full): the settings in the shape of the file, without what is in secret files
 */
JsonNode *
yeji_province_settings_to_json (YejiProvinceSettings     *self,
                                const YejiServerSettings *limits)
{
  YejiProvinceSettings shown = *self;
  JsonNode *node = yeji_json_parse (g_bytes_get_data (self->mapping, NULL),
                                    (gssize) g_bytes_get_size (self->mapping), NULL);
  JsonObject *root = yeji_json_node_object (node);

  if (limits != NULL)
    shown.limits = *limits;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *value = print_member (&shown, &members[i]);
      JsonObject *section = root;

      if (JSON_NODE_HOLDS_NULL (value))
        {
          json_node_unref (value);
          continue;
        }
      if (members[i].section != NULL)
        {
          section = yeji_json_get_object (root, members[i].section);
          if (section == NULL)
            {
              section = json_object_new ();
              json_object_set_object_member (root, members[i].section, section);
            }
        }
      json_object_set_member (section, members[i].name, value);
    }
  json_object_set_member (root, OFFICES,
                          yeji_json_parse (g_bytes_get_data (self->offices, NULL),
                                           (gssize) g_bytes_get_size (self->offices), NULL));
  return node;
}

/**
 * yeji_province_settings_free:
 * @self: (transfer full)
 *
 * Frees the settings.
 */
void
yeji_province_settings_free (YejiProvinceSettings *self)
{
  g_free (self->path);
  g_free (self->listen);
  g_clear_pointer (&self->offices, g_bytes_unref);
  g_clear_pointer (&self->mapping, g_bytes_unref);
  g_free (self->push.url);
  g_free (self->push.key_file);
  g_free (self->client_version);
  g_free (self->client_where);
  g_free (self->request_log);
  g_free (self->metrics_token_file);
  g_free (self->revoked_keys);
  g_free (self);
}
