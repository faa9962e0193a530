// Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.

export type UserId = string

export type ProjectId = string

export type ImageId = string

export type ModelVersionId = string

export type RunId = string

export type TokenId = string

export type ComparisonId = string

export type DownloadId = string

export type SavedFilterId = string

export type ReviewId = string

export type CommentId = string

export type StudyId = string

export type ReadingId = string

export type ImportId = string

export type ExportId = string

export type AnnotationImportId = string

export type OrganisationId = string

export type InvitationId = string

export type SessionId = string

export type MailId = string

export type RemoteJobId = string

export type WorkerTokenId = string

export type ClassEditId = string

export type AnnouncementId = string

export type ArticleId = string

export type BlockId = string

export type MessageId = string

export type TopicId = string

export type NotificationId = string

export type OwnArchiveId = string

export type WebhookId = string

export type WebhookDeliveryId = string

export type PasskeyId = string

export type DicomSourceId = string

export type DicomPushId = string

export type Timestamp = string

export type SecondFactorRule = { graceDays: number; since: Timestamp }

export type Quota = { storageBytes: number | null; activeRuns: number | null }

export type SetQuota = { storageBytes: number | "default" | null; activeRuns: number | "default" | null }

export type Usage = { storageBytes: number; activeRuns: number; limits: Quota }

export type InstallationRules = { secondFactor: SecondFactorRule | null; quotas: { person: Quota; organisation: Quota } }

export type OrganisationRole = "owner" | "admin" | "reviewer" | "annotator" | "viewer"

export type Access = "owner" | "admin" | "reviewer" | "annotator" | "viewer" | "editor"

export type TokenScope = "read" | "write" | "predict" | "admin"

export type User = { id: UserId; username: string; email: string; role: "administrator" | "user"; createdAt: Timestamp }

export type Me = { id: UserId; username: string; email: string; role: "administrator" | "user"; createdAt: Timestamp; secondFactorDueAt: Timestamp | null }

export type Person = { id: UserId; username: string }

export type ApiToken = { id: TokenId; name: string; scopes: Array<TokenScope>; createdAt: Timestamp; expiresAt: Timestamp | null; lastUsedAt: Timestamp | null }

export type Account = { id: UserId; username: string; email: string; role: "administrator" | "user"; createdAt: Timestamp; isEmailConfirmed: boolean; hasSecondFactor: boolean; passkeys: number; quota: SetQuota; frozenAt: Timestamp | null; lastSeenAt: Timestamp | null; sessions: number; projects: number }

export type HeldStorage = { ownerId: UserId | OrganisationId; name: string; isOrganisation: boolean; images: number; bytes: number }

export type QueueState = { name: string; waiting: number; active: number; failed: number; oldestWaitingAt: Timestamp | null }

export type Overview = { version: string; startedAt: Timestamp; accounts: number; frozenAccounts: number; organisations: number; projects: number; images: number; imageBytes: number; modelBytes: number; databaseBytes: number; isDatabaseEmbedded: boolean; disk: { totalBytes: number; freeBytes: number } | null; largest: Array<HeldStorage>; queues: Array<QueueState>; runs: { waiting: number; running: number }; unsentMails: number }

export type ShownSetting = { name: string; description: { en: string; zh: string } | null; value: string | null; isSecret: boolean; isDefault: boolean }

export type AnnouncementInput = { english: string; chinese: string; tone: "information" | "warning"; startsAt: Timestamp; endsAt: Timestamp | null }

export type Announcement = { id: AnnouncementId; english: string; chinese: string; tone: "information" | "warning"; startsAt: Timestamp; endsAt: Timestamp | null }

/** The task type, as the number written in label files. */
export type ImageType = 1000 | 1001 | 1002 | 1003 | 2000 | 2001 | 2002 | 3000 | 3001 | 3002 | 3003 | 3004

export type TaskType = { imageType: ImageType; name: string; family: "base" | "classification" | "detection" | "segmentation"; defaultClasses: Array<string> }

export type Backbone = "compact" | "resnet18" | "resnet34" | "resnet50" | "vgg11" | "vgg16"

export type SelectionStrategy = "uncertainty" | "disagreement" | "diversity" | "mixed" | "random"

export type TrainingCron = { expression: string; timeZone: string }

export type QuietHours = { from: string; to: string; timeZone: string }

export type Gate = { promotes?: "automatic" | "person"; confidence?: number; classMargin?: number; minimumImages?: number }

export type TrainingScope = "whole" | "head"

export type Algorithm = { backbone?: Backbone; modelUri?: string | null; trainingScope?: TrainingScope; trainingInterval?: number | null; trainingCron?: TrainingCron | null; minimumNewAnnotations?: number; quietHours?: QuietHours | null; budgetMinutes?: number; memoryLimitMb?: number | null; imageSize?: number | null; seed?: number; strategy?: "local" | "remote"; guessThreshold?: number | null; guessFrames?: "first" | "every"; gate?: Gate; queueOrder?: SelectionStrategy }

export type SettingChange = { field: string; from: unknown; to: unknown }

export type AlgorithmVersion = { version: number; algorithm: Algorithm; changes: Array<SettingChange>; authorName: string | null; restoredFrom: number | null; createdAt: Timestamp }

export type BoundingBox = [number, number, number, number]

export type MaskSize = [number, number]

export type CompressedRle = string

export type ImageState = "TO_LABEL" | "NORMAL" | "FROZEN" | "DELETED"

export type Measure = { id: string; kind: "length" | "angle" | "area"; points: Array<[number, number]>; frame?: number }

export type ClassNames = Array<string>

export type BaseLabelData = { tags?: Array<string>; measures?: Array<Measure> }

export type ProbabilityLabelData = { key: { "0": string; "1": string }; value: number | null; measures?: Array<Measure> }

export type WeightedLabelData = { key: ClassNames; weight: Array<number>; value: number | null; measures?: Array<Measure> }

export type DetectionLabelData = { key: ClassNames; boxes: Array<{ id: string; box: BoundingBox; class: number; score?: number; frame?: number }>; measures?: Array<Measure> }

export type SegmentationLabelData = { key: ClassNames; size: MaskSize; masks: Array<{ id: string; class: number; rle: CompressedRle; score?: number; frame?: number }>; measures?: Array<Measure> }

export type LabelAuthor = { kind: "none" } | { kind: "person"; userId: UserId } | { kind: "model"; modelVersionId: ModelVersionId }

export type LabelMeta = { imageId: ImageId; name: string; uri?: string; projectId: ProjectId; projectName: string; taskType: ImageType; classes: Array<string>; classScheme?: number; state: ImageState; revision: number; author: LabelAuthor; annotatedAt: Timestamp | null; writtenAt: Timestamp; review?: "accepted" | "rejected"; note?: string }

export type LabelFile = { type: 1000; data: BaseLabelData; meta?: LabelMeta } | { type: 1001; data: ProbabilityLabelData | WeightedLabelData; meta?: LabelMeta } | { type: 1002; data: ProbabilityLabelData | WeightedLabelData; meta?: LabelMeta } | { type: 1003; data: WeightedLabelData; meta?: LabelMeta } | { type: 2000; data: DetectionLabelData; meta?: LabelMeta } | { type: 2001; data: DetectionLabelData; meta?: LabelMeta } | { type: 2002; data: DetectionLabelData; meta?: LabelMeta } | { type: 3000; data: SegmentationLabelData; meta?: LabelMeta } | { type: 3001; data: SegmentationLabelData; meta?: LabelMeta } | { type: 3002; data: SegmentationLabelData; meta?: LabelMeta } | { type: 3003; data: SegmentationLabelData; meta?: LabelMeta } | { type: 3004; data: SegmentationLabelData; meta?: LabelMeta }

export type LabelInput = { type: 1000; data: BaseLabelData; meta?: unknown; seconds?: number } | { type: 1001; data: ProbabilityLabelData | WeightedLabelData; meta?: unknown; seconds?: number } | { type: 1002; data: ProbabilityLabelData | WeightedLabelData; meta?: unknown; seconds?: number } | { type: 1003; data: WeightedLabelData; meta?: unknown; seconds?: number } | { type: 2000; data: DetectionLabelData; meta?: unknown; seconds?: number } | { type: 2001; data: DetectionLabelData; meta?: unknown; seconds?: number } | { type: 2002; data: DetectionLabelData; meta?: unknown; seconds?: number } | { type: 3000; data: SegmentationLabelData; meta?: unknown; seconds?: number } | { type: 3001; data: SegmentationLabelData; meta?: unknown; seconds?: number } | { type: 3002; data: SegmentationLabelData; meta?: unknown; seconds?: number } | { type: 3003; data: SegmentationLabelData; meta?: unknown; seconds?: number } | { type: 3004; data: SegmentationLabelData; meta?: unknown; seconds?: number }

export type AssistQuestion = { point: { x: number; y: number }; frame?: number } | { box: BoundingBox; frame?: number }

export type AssistAnswer = { modelVersionId: ModelVersionId; data: DetectionLabelData | SegmentationLabelData; latencyMs: number }

export type Reason = { template: string; values: Array<string | Reason> }

export type ErrorCode = "BAD_REQUEST" | "VALIDATION_FAILED" | "NOT_SIGNED_IN" | "WRONG_CREDENTIALS" | "CODE_REQUIRED" | "SIGN_IN_FAILED" | "PASSKEY_REFUSED" | "PASSKEY_REQUIRED" | "SECOND_FACTOR_REQUIRED" | "PASSKEYS_UNAVAILABLE" | "SIGN_IN_AGAIN" | "ACCOUNT_UNKNOWN" | "ACCOUNT_FROZEN" | "EMAIL_UNCONFIRMED" | "SIGN_IN_TO_LINK" | "IDENTITY_TAKEN" | "LAST_WAY_IN" | "PASSWORD_COMMON" | "FORBIDDEN" | "NOT_FOUND" | "CONFLICT" | "USERNAME_TAKEN" | "EMAIL_TAKEN" | "RUN_ALREADY_ACTIVE" | "CLASSES_IN_USE" | "LAST_OWNER" | "LAST_ADMINISTRATOR" | "QUOTA_REACHED" | "RUN_QUOTA_REACHED" | "IMAGE_FROZEN" | "ARTICLE_FROZEN" | "ARTICLE_CHANGED" | "LABEL_CHANGED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "FILE_EMPTY" | "FILE_TOO_LARGE" | "FILE_NOT_AN_IMAGE" | "FILE_FORMAT_UNSUPPORTED" | "FILE_HAS_NO_IMAGE" | "FILE_DAMAGED" | "FILE_TOO_MANY_PIXELS" | "FILE_DUPLICATE" | "ARCHIVE_UNUSABLE" | "FORMAT_NOT_RECOGNISED" | "TASK_TYPE_UNSUPPORTED" | "LABEL_MISMATCH" | "NOT_ENOUGH_ANNOTATIONS" | "NOTHING_CHANGED" | "NO_MODEL" | "MODEL_UNUSABLE" | "OUTGOING_REFUSED" | "TOO_MANY_REQUESTS" | "TRAINING_FAILED" | "TRAINING_DIVERGED" | "MEMORY_LIMIT_REACHED" | "PRELABEL_FAILED" | "INTERRUPTED" | "INTERNAL" | "OUTGOING_FAILED" | "STORAGE_FULL" | "UNAVAILABLE"

export type ErrorBody = { type: string; title: string; status: number; detail?: string; code: ErrorCode; requestId?: string; issues?: Array<{ path: string; message: string }> }

export type Problem = { code: ErrorCode; message: string; told?: Reason }

export type ReviewState = "unreviewed" | "accepted" | "rejected"

export type ReviewMode = "off" | "optional" | "required"

export type CommentPlace = { x: number; y: number; frame?: number; markId?: string | null }

export type Review = { id: ReviewId; imageId: ImageId; revision: number; decision: "accepted" | "rejected"; text: string | null; reviewer: Person; createdAt: Timestamp }

export type ReviewComment = { id: CommentId; imageId: ImageId; parentId: CommentId | null; author: Person; text: string; place: CommentPlace | null; createdAt: Timestamp; resolvedAt: Timestamp | null; resolvedBy: Person | null }

export type ReviewSettings = { mode: ReviewMode; showsGoldScore: boolean }

export type ReviewCounts = { unreviewed: number; accepted: number; rejected: number; rejectedMine: number }

export type Skip = { reason: "unsure" | "quality" | "unfit" | "expert" | "other"; note: string; userId: UserId; at: Timestamp }

export type DeidentificationSummary = { removed: number; burnedInText: "yes" | "suspected" | "no" | "unknown" }

export type TextLine = { frame: number; box: BoundingBox }

export type DeidentificationReport = { removed: Array<{ name: string; count: number }>; burnedInText: "yes" | "suspected" | "no" | "unknown"; textLines?: Array<TextLine> }

export type PixelSpacing = { rowMm: number; columnMm: number; plane: "object" | "detector" | "film" }

export type GuessSummary = { value: number | null; marks: number | null; score: number | null; modelVersionId: ModelVersionId }

export type Image = { id: ImageId; projectId: ProjectId; ownerId: UserId; name: string; type: string; taskType: ImageType; uri: string; state: ImageState; annotatedAt: Timestamp | null; annotatedBy: UserId | null; review: ReviewState; openComments: number; problem: Problem | null; labelValue: number | null; labelMarks: number | null; guess: GuessSummary | null; labelRevision: number; skip: Skip | null; group: string | null; editorCount: number; width: number; height: number; bitDepth: number; channels: number; frames: number; spacing: PixelSpacing | null; deidentification: DeidentificationSummary | null; byteSize: number; contentHash: string; createdAt: Timestamp; updatedAt: Timestamp }

export type UploadItem = { name: string; image: Image; duplicateOf?: ImageId } | { name: string; error: Problem; duplicateOf?: ImageId }

export type ImageEditor = { id: UserId; username: string; addedAt: Timestamp }

export type ImageAction = { action: "freeze" | "unfreeze" | "delete" | "restore" | "purge" | "prelabel"; imageIds: Array<ImageId> } | { action: "share" | "unshare" | "copy"; imageIds: Array<ImageId>; userId: UserId }

export type Article = { id: ArticleId; title: string; summary: string; state: "draft" | "published"; visibility: "private" | "project" | "organisation" | "public"; organisationId: OrganisationId | null; projectId: ProjectId | null; homeName: string | null; author: Person; access: Access; frozenAt: Timestamp | null; deletedAt: Timestamp | null; revision: number; blocks: number; bytes: number; createdAt: Timestamp; updatedAt: Timestamp; updatedBy: Person }

export type FoundArticle = { id: ArticleId; title: string; summary: string; state: "draft" | "published"; visibility: "private" | "project" | "organisation" | "public"; organisationId: OrganisationId | null; projectId: ProjectId | null; homeName: string | null; author: Person; access: Access; frozenAt: Timestamp | null; deletedAt: Timestamp | null; revision: number; blocks: number; bytes: number; createdAt: Timestamp; updatedAt: Timestamp; updatedBy: Person; excerpt: string | null }

export type ArticleBlock = { id: BlockId; text: string; tag: string }

export type ArticleHeading = { blockId: BlockId; index: number; level: number; text: string }

export type ArticleRevision = { revision: number; kind: "created" | "edited" | "restored"; restoredFrom: number | null; title: string; author: Person; changed: number; bytes: number; createdAt: Timestamp }

export type ArticleDifference = { kind: "same"; blocks: number } | { kind: "changed"; before: string; after: string }

export type AuditEvent = { seq: number; at: Timestamp; actorId: UserId | null; actorName: string | null; actorBy: string; via: string | null; reason: string | null; action: "create" | "change" | "delete"; subject: string; subjectId: string; projectId: ProjectId | null; organisationId: OrganisationId | null; before: Record<string, unknown> | null; after: Record<string, unknown> | null; hash: string }

export type AuditFlaw = { seq: number; flaw: "gone" | "changed" | "witness" }

export type AuditVerification = { events: number; head: { seq: number; hash: string } | null; flaws: Array<AuditFlaw> }

export type PastClasses = { names: Array<string>; to: Array<number | null> }

export type EditedClass = { name: string; was: number | null; takes?: Array<number>; colour?: string | null }

export type ClassEditRequest = { scheme: number; classes: Array<EditedClass> }

export type ClassEditPreview = { annotated: number; unanswered: number; guessed: number; marks: { moved: number; removed: number; isEstimate: boolean }; frozen: number; heldOut: { images: number; unmeasured: Array<string> }; references: number; readings: number; filters: number; models: Array<{ id: ModelVersionId; number: number; isServing: boolean; unknown: Array<string>; isUsable: boolean }>; restored: number; kept: number; takesTime: boolean }

export type ClassEdit = { id: ClassEditId; projectId: ProjectId; scheme: number; before: Array<string>; after: Array<EditedClass>; state: "running" | "done" | "failed"; done: number; total: number; changed: number; authorName: string | null; undoes: ClassEditId | null; canUndo: boolean; problem: Problem | null; createdAt: Timestamp; finishedAt: Timestamp | null }

export type DuplicateChoice = "ask" | "copy" | "keep" | "skip"

export type Import = { id: ImportId; projectId: ProjectId; kind: "files" | "archive" | "folder" | "address" | "dicomweb"; source: string; state: "pending" | "running" | "succeeded" | "failed" | "cancelled"; total: number | null; stored: number; refused: number; labels: number; duplicates: number; ignored: number; byteSize: number; error: Problem | null; createdAt: Timestamp; startedAt: Timestamp | null; finishedAt: Timestamp | null }

export type ImportItem = { position: number; path: string; state: "stored" | "refused" | "duplicate" | "label"; imageId: ImageId | null; error: Problem | null }

export type ImportRequest = { kind: "folder"; path: string; duplicates?: DuplicateChoice } | { kind: "address"; url: string; duplicates?: DuplicateChoice }

export type FormatName = "archive" | "coco" | "coco-counts" | "coco-polygons" | "yolo" | "yolo-classify" | "voc" | "label-me" | "cvat" | "label-studio" | "image-folder" | "png-semantic" | "png-palette" | "png-instance" | "csv" | "geojson" | "nifti" | "dicom-seg" | "dicom-sr"

export type MarkOrigin = "annotations" | "guesses"

export type WorkProgress = { done: number; total: number }

export type ExportFilter = { state?: ImageState; annotated?: boolean; class?: number; text?: string; scoreFrom?: number; scoreTo?: number; annotatedBy?: UserId; review?: ReviewState; reviewedBy?: UserId; skipped?: boolean; skipReason?: "unsure" | "quality" | "unfit" | "expert" | "other"; burnedIn?: boolean; imageIds?: Array<ImageId>; from?: Timestamp; to?: Timestamp }

export type ExportRequest = { format: FormatName; content?: MarkOrigin; images?: boolean; language?: "en" | "zh"; filter?: ExportFilter }

export type Export = { id: ExportId; projectId: ProjectId; format: FormatName; content: MarkOrigin; images: boolean; filter: ExportFilter; state: "pending" | "running" | "succeeded" | "failed" | "cancelled"; progress: WorkProgress; result: { images: number; marks: number; byteSize: number; problems: number } | null; problem: Problem | null; createdAt: Timestamp; finishedAt: Timestamp | null; expiresAt: Timestamp }

export type ImportProblem = { reason: string; told?: Reason; code?: ErrorCode; file?: string; line?: number; image?: string }

export type ClassMapping = Record<string, string | null>

export type ImportChoices = { classes?: ClassMapping; addClasses?: boolean; replace?: boolean; content?: MarkOrigin }

export type ImportReport = { written: number; replaced: number; unchanged: number; alreadyAnnotated: number; empty: number; marks: number; classes: Array<{ name: string; becomes: string | null; isNew: boolean; marks: number; images: number }>; conflicts: Array<{ image: string; marksNow: number; marksInFile: number }>; unmatched: Array<string>; unmatchedCount: number; problems: Array<ImportProblem>; problemCount: number }

export type AnnotationImport = { id: AnnotationImportId; projectId: ProjectId; format: FormatName | null; fileNames: Array<string>; state: "reading" | "ready" | "writing" | "done" | "failed"; choices: ImportChoices; progress: WorkProgress; report: ImportReport | null; problem: Problem | null; createdAt: Timestamp; finishedAt: Timestamp | null }

export type DicomUid = string

export type DicomSourceSettings = { name: string; url: string; auth?: "none" | "basic" | "bearer"; username?: string; secret?: string }

export type DicomSource = { id: DicomSourceId; projectId: ProjectId | null; name: string; url: string; auth: "none" | "basic" | "bearer"; username: string; hasSecret: boolean; updatedAt: Timestamp }

export type DicomSearch = { patientId?: string; patientName?: string; from?: string; to?: string; modality?: string; accession?: string; limit?: number; offset?: number }

export type DicomStudy = { studyUid: DicomUid; patientId: string | null; patientName: string | null; date: string | null; description: string | null; accession: string | null; modalities: Array<string>; series: number | null; instances: number | null }

export type DicomSeries = { seriesUid: DicomUid; number: number | null; modality: string | null; description: string | null; bodyPart: string | null; instances: number | null }

export type DicomPull = { selections: Array<{ studyUid: DicomUid; seriesUids?: Array<DicomUid> }>; duplicates?: DuplicateChoice }

export type DicomPushRequest = { format: "dicom-seg" | "dicom-sr"; filter?: ExportFilter }

export type DicomPush = { id: DicomPushId; projectId: ProjectId; sourceName: string; format: "dicom-seg" | "dicom-sr"; state: "pending" | "running" | "succeeded" | "failed" | "cancelled"; progress: WorkProgress; result: { images: number; marks: number; stored: number; refused: number; leftOut: number } | null; notes: Array<string>; problem: Problem | null; createdAt: Timestamp; finishedAt: Timestamp | null }

export type LookupTable = { firstInput: number; bits: number; values: Array<number> }

export type DisplayWindow = { center: number; width: number; shape: "linear" | "linear-exact" | "sigmoid" }

export type Calibration = { spacing: PixelSpacing | null; pixelAspect: number | null; rescale: { slope: number; intercept: number; unit: string | null } | null; modalityTable: LookupTable | null; windows: Array<DisplayWindow>; displayTables: Array<LookupTable>; padding: { low: number; high: number } | null }

export type ImageTiles = { side: number; levels: Array<{ width: number; height: number }>; encoding: "png" | "jpeg"; bits: 8 | 16 }

export type FrameFacts = { width: number; height: number; frames: number; colour: "grey" | "grey-inverted" | "rgb" | "rgba"; sampleType: "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "f32" | "f64"; bitsStored: number; calibrations: Array<Calibration> }

export type InferenceModelMetadata = { name: string; versions: Array<string>; platform: string; inputs: Array<{ name: string; datatype: string; shape: Array<number> }>; outputs: Array<{ name: string; datatype: string; shape: Array<number> }>; parameters: Record<string, unknown> }

export type InferenceRequest = { id?: string; inputs: Array<{ name: string; datatype: string; shape: Array<number>; data: Array<unknown> }>; outputs?: Array<{ name: string; parameters?: { binary_data?: boolean } }>; parameters?: { binary_data_output?: boolean } }

export type InferenceAnswer = { id?: string; model_name: string; model_version: string; outputs: Array<{ name: string; datatype: string; shape: Array<number>; data: Array<number | string> }> }

export type Prediction = { imageId: ImageId; modelVersionId: ModelVersionId; data: unknown; score: number | null; latencyMs: number; createdAt: Timestamp }

export type LabelRevision = { revision: number; data: unknown; author: LabelAuthor; authorName: string | null; seconds: number | null; isClassEdit: boolean; createdAt: Timestamp }

export type MessageTarget = { kind: "people"; userIds: Array<UserId> } | { kind: "organisation"; organisationId: OrganisationId } | { kind: "image"; imageId: ImageId; place?: CommentPlace | null } | { kind: "article"; articleId: ArticleId }

export type Topic = { kind: "people"; id: TopicId; people: Array<Person> } | { kind: "organisation"; id: TopicId; organisationId: OrganisationId; name: string } | { kind: "image"; id: TopicId; imageId: ImageId; projectId: ProjectId; name: string; place: CommentPlace | null } | { kind: "article"; id: TopicId; articleId: ArticleId; name: string }

export type MessageQuote = { id: MessageId; author: Person | null; text: string; deletedAt: Timestamp | null }

export type Message = { id: MessageId; topic: Topic; author: Person | null; text: string; quotes: Array<MessageQuote>; images: Array<{ id: ImageId; projectId: ProjectId; name: string }>; mentions: Array<Person>; createdAt: Timestamp; editedAt: Timestamp | null; deletedAt: Timestamp | null }

export type MessageEdit = { text: string; replacedAt: Timestamp }

export type ThreadPage = { size: number; isMuted: boolean; unread: number; items: Array<Message>; previousCursor: string | null; nextCursor: string | null }

export type Conversation = { topic: Topic; last: Message; size: number; unread: number; isMuted: boolean; activeAt: Timestamp }

export type Discussion = { topic: Topic; first: Message; size: number; activeAt: Timestamp }

export type MessageSettings = { mailDigest: "off" | "hourly" | "daily" }

export type Notification = { id: NotificationId; kind: "mention" | "reply" | "review" | "training" | "import" | "webhook"; by: Person | null; message: { id: MessageId; text: string } | null; image: { id: ImageId; projectId: ProjectId; name: string } | null; project: { id: ProjectId; name: string } | null; outcome: "accepted" | "rejected" | "succeeded" | "failed" | null; createdAt: Timestamp; seenAt: Timestamp | null }

export type NewsCount = { threads: number; notifications: number }

export type GateReason = "first" | "better" | "notBetter" | "classFalls" | "tooFewImages" | "noSkill" | "learnedNothing" | "imagesMissing" | "asksPerson" | "noFigure" | "servingChanged"

export type GateDecision = { isPromoted: boolean; reason: GateReason; againstId: ModelVersionId | null; images: number; score: number | null; againstScore: number | null; interval: [number, number] | null; shareBetter: number | null; shareRequired?: number | null; classes: Array<{ name: string; first: number | null; second: number | null; marked: number }>; comparisonId: ComparisonId | null; decidedAt: Timestamp }

export type ClassMetrics = { name: string; support: number; precision: number | null; recall: number | null; f1: number | null; auroc: number | null }

export type ClassificationMetrics = { kind: "classification"; images: number; accuracy: number | null; balancedAccuracy: number | null; auroc: number | null; ece: number | null; loss: number | null; accuracyInterval: [number, number] | null; confusion: Array<Array<number>>; perClass: Array<ClassMetrics> }

export type DetectionClassMetrics = { name: string; support: number; threshold: number; precision: number | null; recall: number | null; f1: number | null; ap50: number | null }

export type DetectionMetrics = { kind: "detection"; images: number; boxes: number; map50: number | null; map: number | null; perClass: Array<DetectionClassMetrics> }

export type SegmentationClassMetrics = { name: string; support: number; dice: number | null; iou: number | null }

export type SegmentationMetrics = { kind: "segmentation"; images: number; dice: number | null; iou: number | null; hd95: number | null; auroc: number | null; ap50: number | null; perClass: Array<SegmentationClassMetrics> }

export type Metrics = ClassificationMetrics | DetectionMetrics | SegmentationMetrics

export type Disagreement = { imageId: ImageId; name: string; truth: { value: number | null; marks: number | null }; first: { value: number | null; marks: number | null; score: number }; second: { value: number | null; marks: number | null; score: number } }

export type ComparisonResult = { images: number; groups: number; first: { score: number | null; metrics: Metrics | null }; second: { score: number | null; metrics: Metrics | null }; difference: number | null; interval: [number, number] | null; shareBetter: number | null; classes: Array<{ name: string; first: number | null; second: number | null; marked: number }>; disagreements: Array<Disagreement> }

export type Comparison = { id: ComparisonId; projectId: ProjectId; firstId: ModelVersionId; secondId: ModelVersionId; state: "pending" | "done" | "failed"; result: ComparisonResult | null; error: Problem | null; createdAt: Timestamp }

export type RunState = "pending" | "running" | "succeeded" | "failed" | "cancelled"

export type RunProgress = { phase: "waiting" | "reading" | "training" | "evaluating" | "saving" | "done"; fraction: number; epoch: number; epochs: number; step: number; loss: number | null; imagesPerSecond: number | null; secondsLeft: number | null }

export type CurvePoint = { epoch: number; seconds: number; trainLoss: number; trainAccuracy: number | null; validationLoss: number | null; validationAccuracy: number | null; learningRate: number }

export type Without = { userIds?: Array<UserId>; imageIds?: Array<ImageId> }

export type Run = { id: RunId; projectId: ProjectId; kind: "training"; trigger: "person" | "schedule"; scope: TrainingScope; state: RunState; progress: RunProgress; curve: Array<CurvePoint>; metrics: Metrics | null; error: Problem | null; modelVersionId: ModelVersionId | null; imageCount: number | null; dataSetHash: string | null; waitsUntil: Timestamp | null; without: Without | null; createdAt: Timestamp; startedAt: Timestamp | null; finishedAt: Timestamp | null }

export type Lineage = { backbone: Backbone | "imported"; base?: string | null; scope?: TrainingScope; imageSize: number; seed: number; codeVersion: string; dataSetHash: string; trainingImages: number; validationImages: number; epochs: number; seconds: number; parentId: ModelVersionId | null; heldOutImages?: number; without?: Without | null }

export type ImportedFile = { fileName: string; canPredict: boolean; canLearn: boolean; backbone: Backbone | null }

export type ModelVersion = { id: ModelVersionId; projectId: ProjectId; runId: RunId | null; uri: string; number: number; state: "candidate" | "serving" | "retired"; classes: Array<string>; unknownClasses: Array<string>; metrics: Metrics | null; lineage: Lineage | null; imported: ImportedFile | null; gate: GateDecision | null; byteSize: number; sha256: string; createdAt: Timestamp }

export type Serving = { modelVersionId: ModelVersionId; number: number; reason: "gate" | "promote" | "rollback"; byName: string | null; since: Timestamp }

export type LineageLabel = { imageId: string; revision: number; contentHash: string }

export type HeldOut = { images: number; groups: number; perClass: Array<number> }

export type Organisation = { id: OrganisationId; name: string; role: OrganisationRole | null; members: number; projects: number; quota: SetQuota; secondFactor: SecondFactorRule | null; createdAt: Timestamp }

export type Member = { id: UserId; username: string; role: OrganisationRole; joinedAt: Timestamp }

export type Invitation = { id: InvitationId; email: string | null; role: OrganisationRole; invitedBy: string; createdAt: Timestamp; expiresAt: Timestamp }

export type Holdings = { projects: number; images: number; bytes: number; models: number; members: number; activeRuns: number; limits: Quota }

export type Farewell = { projects: number; images: number; bytes: number; models: number; peopleSharedWith: number; annotatedElsewhere: number; uploadedElsewhere: number; organisations: Array<{ id: OrganisationId; name: string; role: OrganisationRole; isLastOwner: boolean }>; isLastAdministrator: boolean; obstacle: ErrorCode | null }

export type OwnArchive = { id: OwnArchiveId; state: "pending" | "ready" | "failed"; byteSize: number | null; createdAt: Timestamp; endsAt: Timestamp }

export type Passkey = { id: PasskeyId; name: string; isSynced: boolean; createdAt: Timestamp; lastUsedAt: Timestamp | null }

export type PasskeyCreation = { id: string; rawId: string; type: "public-key"; authenticatorAttachment?: "platform" | "cross-platform"; clientExtensionResults?: Record<string, unknown>; response: { clientDataJSON: string; attestationObject: string; transports?: Array<string>; authenticatorData?: string; publicKey?: string; publicKeyAlgorithm?: number } }

export type PasskeyAnswer = { id: string; rawId: string; type: "public-key"; authenticatorAttachment?: "platform" | "cross-platform"; clientExtensionResults?: Record<string, unknown>; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string } }

export type PasskeyCreationOptions = { rp: { id: string; name: string }; user: { id: string; name: string; displayName: string }; challenge: string; pubKeyCredParams: Array<{ type: "public-key"; alg: number }>; timeout: number; excludeCredentials: Array<{ id: string; type: "public-key"; transports?: Array<string> }>; authenticatorSelection: { residentKey: "required"; requireResidentKey: true; userVerification: "required" }; attestation: "none" }

export type PasskeyRequestOptions = { challenge: string; timeout: number; rpId: string; allowCredentials: Array<{ id: string; type: "public-key"; transports?: Array<string> }>; userVerification: "required" }

export type Proof = { password?: string; passkey?: PasskeyAnswer }

export type Preferences = { shortcuts: Record<string, Array<string>> }

export type Presence = { id: UserId; username: string; activity: "viewing" | "editing" }

/** Images not in the bin, counted by what happened to them. */
export type ProjectCounts = { images: number; toLabel: number; annotated: number; annotatedPerClass: Array<number>; guessed: number; problems: number }

export type Project = { id: ProjectId; name: string; taskType: ImageType; classes: Array<string>; classScheme: number; classColours: Array<string | null>; pastClasses: Array<{ names: Array<string>; to: Array<number | null>; scheme: number }>; areClassesMoving: boolean; ownerId: UserId; organisationId: OrganisationId | null; access: Access; reviewMode: ReviewMode; isDefault: boolean; deidentifies: boolean; duplicates: DuplicateChoice; servingModelId: ModelVersionId | null; counts: ProjectCounts; createdAt: Timestamp }

export type Provider = { id: string; label: string }

export type LinkedProvider = { id: string; label: string; linkedAt: Timestamp }

export type RemoteKind = "worker" | "push" | "pull" | "open-inference" | "label-studio" | "monai"

export type RemoteSettings = { kind: RemoteKind; url?: string | null; model?: string | null; sends?: "address" | "bytes"; picture?: "original" | "png"; answerWithinMinutes?: number; fallsBack?: boolean; tensors?: { scale?: "raw" | "unit" | "imagenet"; boxes?: "xywh" | "xyxy"; boxUnit?: "image" | "tensor" | "share"; threshold?: number } }

export type RemoteServer = { projectId: ProjectId; settings: RemoteSettings; secrets: Array<{ hint: string; createdAt: Timestamp; expiresAt: Timestamp | null }>; hasBearer: boolean; updatedAt: Timestamp }

export type RemotePrediction = { frame?: number; probabilities: Array<number> } | { frame?: number; boxes: Array<{ box: BoundingBox; class: number | string; score?: number }>; doubtful?: Array<{ box: BoundingBox; class: number | string; score?: number }> } | { frame?: number; size: MaskSize; masks: Array<{ class: number | string; rle: CompressedRle; score?: number }> }

export type RemoteAnswer = { predictions: Array<RemotePrediction>; model?: { name: string; version?: string } }

export type CallbackMessage = { type: "prelabel.finished"; timestamp?: string; data: RemoteAnswer } | { type: "prelabel.failed"; timestamp?: string; data: { reason: string } }

export type RemoteImage = { id: ImageId; width: number; height: number; frames: number; mediaType: string; bytes?: string; url?: string; expiresAt?: Timestamp }

export type PushMessage = { type: "prelabel.requested"; timestamp: Timestamp; data: { jobId: RemoteJobId; projectId: ProjectId; taskType: ImageType; classes: Array<string>; image: RemoteImage; callback: { url: string; expiresAt: Timestamp } } }

export type RemoteJobState = "waiting" | "sent" | "leased" | "succeeded" | "failed" | "cancelled"

export type RemoteDelivery = { id: string; direction: "out" | "in"; jobId: RemoteJobId | null; imageId: ImageId | null; status: number | null; outcome: "accepted" | "refused" | "failed"; reason: string | null; milliseconds: number | null; at: Timestamp }

export type RemoteTrial = { imageId: ImageId; imageName: string; milliseconds: number; label: unknown | null; score: number | null; problem: string | null; said: string }

export type WorkerToken = { id: WorkerTokenId; name: string; projectId: ProjectId | null; organisationId: OrganisationId | null; createdBy: UserId | null; createdAt: Timestamp; expiresAt: Timestamp | null; lastUsedAt: Timestamp | null; lastUsedBy: string | null }

export type WorkerJob = { kind: "prelabel"; id: RemoteJobId; lease: string; leaseUntil: Timestamp; projectId: ProjectId; taskType: ImageType; classes: Array<string>; image: { id: ImageId; width: number; height: number; frames: number; mediaType: string; contentHash: string }; ask: Array<number>; model: { sha256: string; byteSize: number } | null } | { kind: "training"; id: RemoteJobId; lease: string; leaseUntil: Timestamp; projectId: ProjectId; taskType: ImageType; classes: Array<string>; runId: RunId; backbone: Backbone; imageSize: number | null; seed: number; budgetMinutes: number; memoryLimitMb: number | null; scope: TrainingScope; items: number; model: { sha256: string; byteSize: number } | null }

export type WorkerItem = { position: number; imageId: ImageId; contentHash: string; type: string; frame: number; group: string; value: number | null; label: unknown | null }

export type WorkerProgress = { progress?: RunProgress | null; points?: Array<CurvePoint> }

export type WorkerOutcome = { sha256: string; metrics: Metrics | null; imageSize: number; trainingImages: number; validationImages: number; epochs: number; seconds: number; skipped: Array<{ imageId: string; reason: string }> }

export type Reviewer = { id: UserId; username: string; addedAt: Timestamp }

export type SavedFilter = { id: SavedFilterId; name: string; query: string; createdAt: Timestamp }

export type Security = { hasPassword: boolean; hasSecondFactor: boolean; recoveryCodesLeft: number; passkeys: number; usesPassword: boolean; isEmailConfirmed: boolean }

export type Session = { id: SessionId; isCurrent: boolean; ipAddress: string | null; userAgent: string | null; createdAt: Timestamp; expiresAt: Timestamp }

export type Mail = { id: MailId; to: string; subject: string; text: string; problem: string | null; createdAt: Timestamp }

export type StudyReader = { id: UserId; username: string; assigned: number; submitted: number; finishedAt: Timestamp | null }

export type Study = { id: StudyId; projectId: ProjectId; name: string; isBlind: boolean; showsGuess: boolean; state: "open" | "closed"; images: number; readers: Array<StudyReader>; createdAt: Timestamp; closedAt: Timestamp | null }

export type StudyImages = { kind: "all" } | { kind: "share"; percent: number } | { kind: "chosen"; imageIds: Array<ImageId> }

export type Reading = { reader: Person; data: unknown; submittedAt: Timestamp }

export type Adjudication = { author: Person; note: string | null; revision: number; createdAt: Timestamp }

export type AgreementMeasure = "kappa" | "dice" | "f1" | "tags"

export type PairAgreement = { a: UserId; b: UserId; images: number; value: number | null; interval: [number, number] | null; beside: number | null; perClass: Array<{ class: number; value: number | null; images: number }>; confusion: Array<Array<number>> | null }

export type Agreement = { measure: AgreementMeasure; readers: Array<Person>; images: number; pairs: Array<PairAgreement>; fleiss: { value: number | null; interval: [number, number] | null; images: number; perClass: Array<{ class: number; value: number | null; images: number }> } | null; worst: Array<{ imageId: ImageId; name: string; score: number; readers: number; isAdjudicated: boolean }> }

export type GoldImage = { imageId: ImageId; name: string; answers: number; createdAt: Timestamp }

export type GoldScore = { person: Person; images: number; value: number | null; interval: [number, number] | null; perClass: Array<{ class: number; value: number | null; images: number }> }

export type WebhookEvent = "image.uploaded" | "image.prelabelled" | "image.prelabel_failed" | "image.deleted" | "label.submitted" | "label.reviewed" | "training.ended" | "model.promoted" | "model.rolled_back" | "import.ended" | "export.ended" | "classes.changed" | "project.created" | "project.deleted"

export type WebhookSettings = { name: string; url: string; events: Array<WebhookEvent> }

export type WebhookOff = "person" | "failing" | "gone"

export type Webhook = { id: WebhookId; projectId: ProjectId | null; organisationId: OrganisationId | null; name: string; url: string; events: Array<WebhookEvent>; off: WebhookOff | null; failingSince: Timestamp | null; secrets: Array<{ hint: string; createdAt: Timestamp; expiresAt: Timestamp | null }>; waiting: number; createdBy: UserId | null; createdAt: Timestamp }

export type WebhookDeliveryState = "waiting" | "delivered" | "failed"

export type WebhookDelivery = { id: WebhookDeliveryId; webhookId: WebhookId; type: string; state: WebhookDeliveryState; tries: number; status: number | null; createdAt: Timestamp; nextAt: Timestamp | null }

export type WebhookTry = { at: Timestamp; milliseconds: number; requestHeaders: Record<string, string>; status: number | null; responseHeaders: Record<string, string>; response: string; reason: string | null }

export type WebhookMessage = { type: WebhookEvent | "webhook.test"; timestamp: Timestamp; data: { projectId: string | null; organisationId: string | null; by: string | null; imageId?: string; revision?: number; decision?: "accepted" | "rejected"; runId?: string; importId?: string; exportId?: string; modelVersionId?: string; classEditId?: string; state?: "succeeded" | "failed" | "cancelled"; kind?: "images" | "annotations"; code?: string } }

export type EditCounts = { kept: number; changed: number; relabelled: number; added: number; removed: number }

export type CalibrationBucket = { count: number; said: number | null; right: number | null }

export type ModelWorth = { modelVersionId: ModelVersionId; number: number; images: number; unchanged: number; edits: EditCounts; editsPerImage: number; editsFromNothing: number; seconds: number | null; calibration: Array<CalibrationBucket>; calibrationError: number | null }

export type InputDrift = { modelVersionId: ModelVersionId; number: number; learned: number; windows: Array<{ from: Timestamp; to: Timestamp; images: number; unlike: number }> }

export type Worth = { measuredAt: Timestamp; byHand: { images: number; seconds: number | null }; models: Array<ModelWorth>; drift: InputDrift | null; left: number }

export type WorthState = { isMeasuring: boolean; worth: Worth | null }

export type ServerEvent = { kind: "image"; image: Image } | { kind: "image-removed"; imageId: ImageId; projectId: ProjectId } | { kind: "run"; run: Run } | { kind: "import"; import: Import } | { kind: "model"; projectId: ProjectId; modelVersionId: ModelVersionId } | { kind: "project"; projectId: ProjectId } | { kind: "presence"; projectId: ProjectId; imageId: ImageId; items: Array<Presence> } | { kind: "message"; messageId: MessageId } | { kind: "discussion"; projectId: ProjectId; imageId: ImageId } | { kind: "notification" } | { kind: "submitted"; projectId: ProjectId; imageId: ImageId; revision: number; author: Person } | { kind: "reading"; projectId: ProjectId; imageId: ImageId; studyId: StudyId | null } | { kind: "reviewed"; projectId: ProjectId; imageId: ImageId; imageName: string; decision: "accepted" | "rejected"; text: string | null; reviewer: Person; annotatedBy: UserId | null }
