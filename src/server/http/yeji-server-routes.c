// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-routes.h"

#include <glib/gi18n.h>

#include "yeji-router.h"
#include "yeji-server-cli.h"

static const char *
get_reach (const YejiRoute       *route,
           const YejiAccountRole *role)
{
  return yeji_reach_to_text (yeji_roles_get_reach (route->access, role));
}

static JsonNode *
route_to_json (const YejiRoute *route)
{
  JsonObject *object = json_object_new ();
  JsonObject *reach = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "method", route->method);
  json_object_set_string_member (object, "path", route->pattern);
  json_object_set_string_member (object, "access", yeji_access_to_text (route->access));
  json_object_set_string_member (reach, "nobody", get_reach (route, NULL));
  for (YejiAccountRole role = 0; role < N_YEJI_ACCOUNT_ROLES; role++)
    json_object_set_string_member (reach, yeji_account_role_to_text (role),
                                   get_reach (route, &role));
  json_object_set_object_member (object, "reach", reach);
  json_node_take_object (node, object);
  return node;
}

static void
print_json (const YejiRoute *routes,
            guint            n_routes)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; i < n_routes; i++)
    json_array_add_element (array, route_to_json (&routes[i]));
  text = yeji_json_print (node, TRUE);
  g_print ("%s", text);
}

/**
 * yeji_server_routes:
 *
 * `routes [--json]`: what the server answers to, and who may ask, from the very table that decides
 * it.
 *
 * Returns: the exit status
 */
int
yeji_server_routes (const char *data_dir,
                    GStrv       arguments)
{
  gboolean json = g_strv_length (arguments) == 2 && g_str_equal (arguments[1], "--json");
  const YejiRoute *routes;
  guint n_routes;

  if (g_strv_length (arguments) > 1 && !json)
    {
      g_printerr ("yeji-server: %s\n", _("routes takes --json and nothing else"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  routes = yeji_router_get_routes (&n_routes);
  if (json)
    print_json (routes, n_routes);
  else
    for (guint i = 0; i < n_routes; i++)
      g_print ("%s\t%s\t%s\n", routes[i].method, routes[i].pattern,
               yeji_access_to_text (routes[i].access));
  return YEJI_SERVER_EXIT_OK;
}
