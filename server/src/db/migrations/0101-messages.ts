/** What people say in threads, about what, who has which thread in their inbox, and what they are told of. */
export const messages: readonly string[] = [
  `CREATE TABLE message_topics (
    id text PRIMARY KEY,
    kind text NOT NULL,
    organisation_id text REFERENCES organisations (id) ON DELETE CASCADE,
    image_id text REFERENCES images (id) ON DELETE CASCADE,
    article_id text,
    place jsonb,
    first_id text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX message_topics_image ON message_topics (image_id, id) WHERE image_id IS NOT NULL`,
  `CREATE INDEX message_topics_organisation ON message_topics (organisation_id, id) WHERE organisation_id IS NOT NULL`,
  `CREATE INDEX message_topics_article ON message_topics (article_id, id) WHERE article_id IS NOT NULL`,
  `CREATE TABLE message_topic_people (
    topic_id text NOT NULL REFERENCES message_topics (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (topic_id, user_id)
  )`,
  `CREATE INDEX message_topic_people_user ON message_topic_people (user_id, topic_id)`,
  `CREATE TABLE messages (
    id text PRIMARY KEY,
    topic_id text NOT NULL REFERENCES message_topics (id) ON DELETE CASCADE,
    author_id text REFERENCES users (id) ON DELETE SET NULL,
    text text NOT NULL,
    quotes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz,
    deleted_at timestamptz
  )`,
  `CREATE INDEX messages_topic ON messages (topic_id, id)`,
  `CREATE INDEX messages_author ON messages (author_id)`,
  `CREATE INDEX messages_pairs ON messages USING gin (text_pairs(text)) WHERE deleted_at IS NULL`,
  `CREATE TABLE message_edits (
    message_id text NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    place integer NOT NULL,
    text text NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (message_id, place)
  )`,
  `CREATE TABLE message_images (
    message_id text NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    place integer NOT NULL,
    PRIMARY KEY (message_id, image_id)
  )`,
  `CREATE INDEX message_images_image ON message_images (image_id)`,
  `CREATE TABLE message_mentions (
    message_id text NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, user_id)
  )`,
  `CREATE INDEX message_mentions_user ON message_mentions (user_id)`,
  `CREATE TABLE thread_inboxes (
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    root_id text NOT NULL,
    topic_id text NOT NULL REFERENCES message_topics (id) ON DELETE CASCADE,
    last_message_id text NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    active_at timestamptz NOT NULL,
    unread integer NOT NULL DEFAULT 0,
    is_muted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (user_id, root_id)
  )`,
  `CREATE INDEX thread_inboxes_order ON thread_inboxes (user_id, active_at DESC, root_id DESC)`,
  `CREATE INDEX thread_inboxes_unread ON thread_inboxes (user_id) WHERE unread > 0`,
  `CREATE INDEX thread_inboxes_root ON thread_inboxes (root_id)`,
  `CREATE INDEX thread_inboxes_topic ON thread_inboxes (topic_id)`,
  `CREATE INDEX thread_inboxes_last ON thread_inboxes (last_message_id)`,
  `CREATE TABLE message_settings (
    user_id text PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    digest text NOT NULL,
    digested_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE notifications (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL,
    by_id text REFERENCES users (id) ON DELETE SET NULL,
    message_id text REFERENCES messages (id) ON DELETE CASCADE,
    image_id text REFERENCES images (id) ON DELETE CASCADE,
    project_id text REFERENCES projects (id) ON DELETE CASCADE,
    outcome text,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz
  )`,
  `CREATE INDEX notifications_user ON notifications (user_id, id DESC)`,
  `CREATE INDEX notifications_unseen ON notifications (user_id) WHERE seen_at IS NULL`,
  `CREATE INDEX notifications_message ON notifications (message_id)`,
  `CREATE INDEX notifications_image ON notifications (image_id)`,
  `CREATE INDEX notifications_project ON notifications (project_id)`,
]
