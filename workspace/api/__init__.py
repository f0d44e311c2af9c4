"""The Web API: which methods there are and what each needs. A table of contents."""

from collections.abc import Callable

from workspace.api import auth, chat, conversations, files, users, views
from workspace.core import Core
from workspace.wire import Json

Method = Callable[[Core, Json], Json]

METHODS: dict[str, Method] = {
    "apps.connections.open": auth.open_connection,
    "auth.test": auth.test,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.list": conversations.list_,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_,
    "conversations.replies": conversations.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.info": files.info,
    "users.info": users.info,
    "users.list": users.list_,
    "views.open": views.open_,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
