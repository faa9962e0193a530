import { z } from 'zod'

/** Identifiers are UUIDs (version 7: they sort by time). Branding keeps one kind from standing in for another. */
const id = <Name extends string>(name: Name) => z.uuid().brand<Name>().meta({ id: name })

export const UserId = id('UserId')
export const ProjectId = id('ProjectId')
export const ImageId = id('ImageId')
export const ModelVersionId = id('ModelVersionId')
export const RunId = id('RunId')
export const TokenId = id('TokenId')
export const ComparisonId = id('ComparisonId')
export const DownloadId = id('DownloadId')
export const SavedFilterId = id('SavedFilterId')
export const ReviewId = id('ReviewId')
export const CommentId = id('CommentId')
export const StudyId = id('StudyId')
export const ReadingId = id('ReadingId')
export const ImportId = id('ImportId')
export const ExportId = id('ExportId')
export const AnnotationImportId = id('AnnotationImportId')
export const OrganisationId = id('OrganisationId')
export const InvitationId = id('InvitationId')
export const SessionId = id('SessionId')
export const MailId = id('MailId')
export const RemoteJobId = id('RemoteJobId')
export const WorkerTokenId = id('WorkerTokenId')
export const ClassEditId = id('ClassEditId')
export const AnnouncementId = id('AnnouncementId')
export const ArticleId = id('ArticleId')
export const BlockId = id('BlockId')
export const MessageId = id('MessageId')
export const TopicId = id('TopicId')
export const NotificationId = id('NotificationId')
export const OwnArchiveId = id('OwnArchiveId')

export type UserId = z.infer<typeof UserId>
export type ProjectId = z.infer<typeof ProjectId>
export type ImageId = z.infer<typeof ImageId>
export type ModelVersionId = z.infer<typeof ModelVersionId>
export type RunId = z.infer<typeof RunId>
export type ComparisonId = z.infer<typeof ComparisonId>
export type TokenId = z.infer<typeof TokenId>
export type DownloadId = z.infer<typeof DownloadId>
export type SavedFilterId = z.infer<typeof SavedFilterId>
export type ReviewId = z.infer<typeof ReviewId>
export type CommentId = z.infer<typeof CommentId>
export type StudyId = z.infer<typeof StudyId>
export type ReadingId = z.infer<typeof ReadingId>
export type ImportId = z.infer<typeof ImportId>
export type ExportId = z.infer<typeof ExportId>
export type AnnotationImportId = z.infer<typeof AnnotationImportId>
export type OrganisationId = z.infer<typeof OrganisationId>
export type InvitationId = z.infer<typeof InvitationId>
export type SessionId = z.infer<typeof SessionId>
export type MailId = z.infer<typeof MailId>
export type RemoteJobId = z.infer<typeof RemoteJobId>
export type WorkerTokenId = z.infer<typeof WorkerTokenId>
export type ClassEditId = z.infer<typeof ClassEditId>
export type AnnouncementId = z.infer<typeof AnnouncementId>
export type ArticleId = z.infer<typeof ArticleId>
export type BlockId = z.infer<typeof BlockId>
export type MessageId = z.infer<typeof MessageId>
export type TopicId = z.infer<typeof TopicId>
export type NotificationId = z.infer<typeof NotificationId>
export type OwnArchiveId = z.infer<typeof OwnArchiveId>
