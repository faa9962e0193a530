/**
 * Articles: a list of blocks, linked, each link valid for a span of revisions. An edit writes the links and texts it
 * changes and nothing else, and every revision can still be walked.
 */
export const articles: readonly string[] = [
  `CREATE TABLE articles (
    id text PRIMARY KEY,
    title text NOT NULL,
    summary text NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'published')),
    visibility text NOT NULL CHECK (visibility IN ('private', 'project', 'organisation', 'public')),
    author_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    organisation_id text REFERENCES organisations (id),
    project_id text REFERENCES projects (id),
    revision integer NOT NULL,
    block_count integer NOT NULL,
    byte_size integer NOT NULL,
    frozen_at timestamptz,
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    CHECK (organisation_id IS NULL OR project_id IS NULL),
    CHECK ((visibility = 'organisation') <= (organisation_id IS NOT NULL)),
    CHECK ((visibility = 'project') <= (project_id IS NOT NULL)),
    CHECK ((visibility = 'private') <= (organisation_id IS NULL AND project_id IS NULL))
  )`,
  `CREATE INDEX articles_newest ON articles (updated_at DESC, id DESC) WHERE deleted_at IS NULL`,
  `CREATE INDEX articles_author ON articles (author_id, updated_at DESC, id DESC)`,
  `CREATE INDEX articles_organisation ON articles (organisation_id) WHERE organisation_id IS NOT NULL`,
  `CREATE INDEX articles_project ON articles (project_id) WHERE project_id IS NOT NULL`,
  `CREATE INDEX articles_bin ON articles (deleted_at) WHERE deleted_at IS NOT NULL`,
  `CREATE TABLE article_contents (
    article_id text NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    hash text NOT NULL,
    text text NOT NULL,
    headings jsonb NOT NULL,
    PRIMARY KEY (article_id, hash)
  )`,
  `CREATE TABLE article_blocks (
    article_id text NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    block_id text NOT NULL,
    born integer NOT NULL,
    died integer,
    next_id text,
    hash text,
    PRIMARY KEY (article_id, block_id, born),
    CHECK (died > born)
  )`,
  `CREATE UNIQUE INDEX article_blocks_current ON article_blocks (article_id, block_id) WHERE died IS NULL`,
  `CREATE UNIQUE INDEX article_blocks_next ON article_blocks (article_id, next_id) WHERE died IS NULL AND next_id IS NOT NULL`,
  `CREATE TABLE article_revisions (
    article_id text NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    kind text NOT NULL,
    restored_from integer,
    title text NOT NULL,
    author_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    changed integer NOT NULL,
    byte_size integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (article_id, revision)
  )`,
  `CREATE TABLE article_search (
    article_id text NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    block_id text NOT NULL,
    pairs integer[] NOT NULL,
    PRIMARY KEY (article_id, block_id)
  )`,
  `CREATE INDEX article_search_pairs ON article_search USING gin (pairs)`,
  `CREATE TABLE project_guidelines (
    project_id text PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    article_id text NOT NULL REFERENCES articles (id) ON DELETE CASCADE
  )`,
  `CREATE INDEX project_guidelines_article ON project_guidelines (article_id)`,
]
