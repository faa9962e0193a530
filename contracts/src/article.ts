import { z } from 'zod'
import { ArticleId, BlockId, OrganisationId, ProjectId } from './ids.ts'
import { Access } from './rights.ts'
import { Timestamp } from './time.ts'
import { Person } from './user.ts'

/** UTF-8 bytes of a whole article, and of the text that replaces one block (it is split again where it grew). */
export const MOST_ARTICLE_BYTES = 16 * 1024 * 1024
export const MOST_EDIT_BYTES = 256 * 1024
const utf8 = new TextEncoder()

const textOf = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => utf8.encode(text).length <= most, `at most ${most} bytes`)
export const ArticleText = textOf(MOST_ARTICLE_BYTES)
export const BlockText = textOf(MOST_EDIT_BYTES)
export const ArticleTitle = z.string().trim().min(1).max(200)

export const ArticleState = z.enum(['draft', 'published'])
export type ArticleState = z.infer<typeof ArticleState>

/** Who reads it once it is published: its author, those of a project or organisation, or everybody signed in. */
export const ArticleVisibility = z.enum(['private', 'project', 'organisation', 'public'])
export type ArticleVisibility = z.infer<typeof ArticleVisibility>

export const Article = z
  .object({
    id: ArticleId,
    title: z.string(),
    /** Its first words, without marks. */
    summary: z.string(),
    state: ArticleState,
    visibility: ArticleVisibility,
    organisationId: OrganisationId.nullable(),
    projectId: ProjectId.nullable(),
    /** Name of the organisation or project it belongs to. */
    homeName: z.string().nullable(),
    author: Person,
    /** The caller's role; whoever wrote it is its owner. */
    access: Access,
    frozenAt: Timestamp.nullable(),
    deletedAt: Timestamp.nullable(),
    /** Grows by one with each change of its words; its entity tag. */
    revision: z.int(),
    blocks: z.int(),
    bytes: z.int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    updatedBy: Person,
  })
  .meta({ id: 'Article' })
export type Article = z.infer<typeof Article>

/** An article in a list of what was found, and the words around the first place. */
export const FoundArticle = Article.extend({ excerpt: z.string().nullable() }).meta({ id: 'FoundArticle' })
export type FoundArticle = z.infer<typeof FoundArticle>

/** A part of the text; all of them in order are the text. */
export const ArticleBlock = z
  .object({
    id: BlockId,
    text: z.string(),
    /** Entity tag of this block: the hash of its text. */
    tag: z.string(),
  })
  .meta({ id: 'ArticleBlock' })
export type ArticleBlock = z.infer<typeof ArticleBlock>

export const ArticleHeading = z
  .object({
    blockId: BlockId,
    /** Its place among the headings of the block, from 0. */
    index: z.int(),
    level: z.int().min(1).max(6),
    text: z.string(),
  })
  .meta({ id: 'ArticleHeading' })
export type ArticleHeading = z.infer<typeof ArticleHeading>

export const ArticleRevision = z
  .object({
    revision: z.int(),
    kind: z.enum(['created', 'edited', 'restored']),
    restoredFrom: z.int().nullable(),
    title: z.string(),
    author: Person,
    /** Blocks that were written or taken out. */
    changed: z.int(),
    bytes: z.int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'ArticleRevision' })
export type ArticleRevision = z.infer<typeof ArticleRevision>

/** What lies between two revisions, in the order of the text. */
export const ArticleDifference = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('same'), blocks: z.int() }),
    z.object({ kind: z.literal('changed'), before: z.string(), after: z.string() }),
  ])
  .meta({ id: 'ArticleDifference' })
export type ArticleDifference = z.infer<typeof ArticleDifference>
