# Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, final


UserId: TypeAlias = 'str'


ProjectId: TypeAlias = 'str'


ImageId: TypeAlias = 'str'


ModelVersionId: TypeAlias = 'str'


RunId: TypeAlias = 'str'


TokenId: TypeAlias = 'str'


ComparisonId: TypeAlias = 'str'


DownloadId: TypeAlias = 'str'


SavedFilterId: TypeAlias = 'str'


ReviewId: TypeAlias = 'str'


CommentId: TypeAlias = 'str'


StudyId: TypeAlias = 'str'


ReadingId: TypeAlias = 'str'


ImportId: TypeAlias = 'str'


ExportId: TypeAlias = 'str'


AnnotationImportId: TypeAlias = 'str'


OrganisationId: TypeAlias = 'str'


InvitationId: TypeAlias = 'str'


SessionId: TypeAlias = 'str'


MailId: TypeAlias = 'str'


RemoteJobId: TypeAlias = 'str'


WorkerTokenId: TypeAlias = 'str'


ClassEditId: TypeAlias = 'str'


AnnouncementId: TypeAlias = 'str'


ArticleId: TypeAlias = 'str'


BlockId: TypeAlias = 'str'


MessageId: TypeAlias = 'str'


TopicId: TypeAlias = 'str'


NotificationId: TypeAlias = 'str'


OwnArchiveId: TypeAlias = 'str'


WebhookId: TypeAlias = 'str'


WebhookDeliveryId: TypeAlias = 'str'


PasskeyId: TypeAlias = 'str'


DicomSourceId: TypeAlias = 'str'


DicomPushId: TypeAlias = 'str'


Timestamp: TypeAlias = 'str'


@final
class SecondFactorRule(TypedDict):
    graceDays: int
    since: Timestamp


@final
class Quota(TypedDict):
    storageBytes: int | None
    activeRuns: int | None


@final
class SetQuota(TypedDict):
    storageBytes: int | Literal["default"] | None
    activeRuns: int | Literal["default"] | None


@final
class Usage(TypedDict):
    storageBytes: int
    activeRuns: int
    limits: Quota


@final
class InstallationRulesQuotas(TypedDict):
    person: Quota
    organisation: Quota


@final
class InstallationRules(TypedDict):
    secondFactor: SecondFactorRule | None
    quotas: InstallationRulesQuotas


OrganisationRole: TypeAlias = 'Literal["owner", "admin", "reviewer", "annotator", "viewer"]'


Access: TypeAlias = 'Literal["owner", "admin", "reviewer", "annotator", "viewer", "editor"]'


TokenScope: TypeAlias = 'Literal["read", "write", "predict", "admin"]'


@final
class User(TypedDict):
    id: UserId
    username: str
    email: str
    role: Literal["administrator", "user"]
    createdAt: Timestamp


@final
class Me(TypedDict):
    id: UserId
    username: str
    email: str
    role: Literal["administrator", "user"]
    createdAt: Timestamp
    secondFactorDueAt: Timestamp | None


@final
class Person(TypedDict):
    id: UserId
    username: str


@final
class ApiToken(TypedDict):
    id: TokenId
    name: str
    scopes: list[TokenScope]
    createdAt: Timestamp
    expiresAt: Timestamp | None
    lastUsedAt: Timestamp | None


@final
class Account(TypedDict):
    id: UserId
    username: str
    email: str
    role: Literal["administrator", "user"]
    createdAt: Timestamp
    isEmailConfirmed: bool
    hasSecondFactor: bool
    passkeys: int
    quota: SetQuota
    frozenAt: Timestamp | None
    lastSeenAt: Timestamp | None
    sessions: int
    projects: int


@final
class HeldStorage(TypedDict):
    ownerId: UserId | OrganisationId
    name: str
    isOrganisation: bool
    images: int
    bytes: int


@final
class QueueState(TypedDict):
    name: str
    waiting: int
    active: int
    failed: int
    oldestWaitingAt: Timestamp | None


@final
class OverviewDisk(TypedDict):
    totalBytes: int
    freeBytes: int


@final
class OverviewRuns(TypedDict):
    waiting: int
    running: int


@final
class Overview(TypedDict):
    version: str
    startedAt: Timestamp
    accounts: int
    frozenAccounts: int
    organisations: int
    projects: int
    images: int
    imageBytes: int
    modelBytes: int
    databaseBytes: int
    isDatabaseEmbedded: bool
    disk: OverviewDisk | None
    largest: list[HeldStorage]
    queues: list[QueueState]
    runs: OverviewRuns
    unsentMails: int


@final
class ShownSettingDescription(TypedDict):
    en: str
    zh: str


@final
class ShownSetting(TypedDict):
    name: str
    description: ShownSettingDescription | None
    value: str | None
    isSecret: bool
    isDefault: bool


@final
class AnnouncementInput(TypedDict):
    english: str
    chinese: str
    tone: Literal["information", "warning"]
    startsAt: Timestamp
    endsAt: Timestamp | None


@final
class Announcement(TypedDict):
    id: AnnouncementId
    english: str
    chinese: str
    tone: Literal["information", "warning"]
    startsAt: Timestamp
    endsAt: Timestamp | None


ImageType: TypeAlias = 'Literal[1000, 1001, 1002, 1003, 2000, 2001, 2002, 3000, 3001, 3002, 3003, 3004]'


@final
class TaskType(TypedDict):
    imageType: ImageType
    name: str
    family: Literal["base", "classification", "detection", "segmentation"]
    defaultClasses: list[str]


Backbone: TypeAlias = 'Literal["compact", "resnet18", "resnet34", "resnet50", "vgg11", "vgg16"]'


SelectionStrategy: TypeAlias = 'Literal["uncertainty", "disagreement", "diversity", "mixed", "random"]'


@final
class TrainingCron(TypedDict):
    expression: str
    timeZone: str


QuietHours = TypedDict(
    "QuietHours",
    {
        "from": 'str',
        "to": 'str',
        "timeZone": 'str',
    },
)


@final
class Gate(TypedDict):
    promotes: NotRequired[Literal["automatic", "person"]]
    confidence: NotRequired[float]
    classMargin: NotRequired[float]
    minimumImages: NotRequired[int]


TrainingScope: TypeAlias = 'Literal["whole", "head"]'


@final
class Algorithm(TypedDict):
    backbone: NotRequired[Backbone]
    modelUri: NotRequired[str | None]
    trainingScope: NotRequired[TrainingScope]
    trainingInterval: NotRequired[float | None]
    trainingCron: NotRequired[TrainingCron | None]
    minimumNewAnnotations: NotRequired[int]
    quietHours: NotRequired[QuietHours | None]
    budgetMinutes: NotRequired[float]
    memoryLimitMb: NotRequired[int | None]
    imageSize: NotRequired[int | None]
    seed: NotRequired[int]
    strategy: NotRequired[Literal["local", "remote"]]
    guessThreshold: NotRequired[float | None]
    guessFrames: NotRequired[Literal["first", "every"]]
    gate: NotRequired[Gate]
    queueOrder: NotRequired[SelectionStrategy]


SettingChange = TypedDict(
    "SettingChange",
    {
        "field": 'str',
        "from": 'Any',
        "to": 'Any',
    },
)


@final
class AlgorithmVersion(TypedDict):
    version: int
    algorithm: Algorithm
    changes: list[SettingChange]
    authorName: str | None
    restoredFrom: int | None
    createdAt: Timestamp


BoundingBox: TypeAlias = 'list[float]'


MaskSize: TypeAlias = 'list[int]'


CompressedRle: TypeAlias = 'str'


ImageState: TypeAlias = 'Literal["TO_LABEL", "NORMAL", "FROZEN", "DELETED"]'


@final
class Measure(TypedDict):
    id: str
    kind: Literal["length", "angle", "area"]
    points: list[list[float]]
    frame: NotRequired[int]


ClassNames: TypeAlias = 'list[str]'


@final
class BaseLabelData(TypedDict):
    tags: NotRequired[list[str]]
    measures: NotRequired[list[Measure]]


ProbabilityLabelDataKey = TypedDict(
    "ProbabilityLabelDataKey",
    {
        "0": 'str',
        "1": 'str',
    },
)


@final
class ProbabilityLabelData(TypedDict):
    key: ProbabilityLabelDataKey
    value: float | None
    measures: NotRequired[list[Measure]]


@final
class WeightedLabelData(TypedDict):
    key: ClassNames
    weight: list[float]
    value: int | None
    measures: NotRequired[list[Measure]]


DetectionLabelDataBoxesItem = TypedDict(
    "DetectionLabelDataBoxesItem",
    {
        "id": 'str',
        "box": 'BoundingBox',
        "class": 'int',
        "score": 'NotRequired[float]',
        "frame": 'NotRequired[int]',
    },
)


@final
class DetectionLabelData(TypedDict):
    key: ClassNames
    boxes: list[DetectionLabelDataBoxesItem]
    measures: NotRequired[list[Measure]]


SegmentationLabelDataMasksItem = TypedDict(
    "SegmentationLabelDataMasksItem",
    {
        "id": 'str',
        "class": 'int',
        "rle": 'CompressedRle',
        "score": 'NotRequired[float]',
        "frame": 'NotRequired[int]',
    },
)


@final
class SegmentationLabelData(TypedDict):
    key: ClassNames
    size: MaskSize
    masks: list[SegmentationLabelDataMasksItem]
    measures: NotRequired[list[Measure]]


@final
class LabelAuthor1(TypedDict):
    kind: Literal["none"]


@final
class LabelAuthor2(TypedDict):
    kind: Literal["person"]
    userId: UserId


@final
class LabelAuthor3(TypedDict):
    kind: Literal["model"]
    modelVersionId: ModelVersionId


LabelAuthor: TypeAlias = 'LabelAuthor1 | LabelAuthor2 | LabelAuthor3'


@final
class LabelMeta(TypedDict):
    imageId: ImageId
    name: str
    uri: NotRequired[str]
    projectId: ProjectId
    projectName: str
    taskType: ImageType
    classes: list[str]
    classScheme: NotRequired[int]
    state: ImageState
    revision: int
    author: LabelAuthor
    annotatedAt: Timestamp | None
    writtenAt: Timestamp
    review: NotRequired[Literal["accepted", "rejected"]]
    note: NotRequired[str]


@final
class LabelFile1(TypedDict):
    type: Literal[1000]
    data: BaseLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile2(TypedDict):
    type: Literal[1001]
    data: ProbabilityLabelData | WeightedLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile3(TypedDict):
    type: Literal[1002]
    data: ProbabilityLabelData | WeightedLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile4(TypedDict):
    type: Literal[1003]
    data: WeightedLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile5(TypedDict):
    type: Literal[2000]
    data: DetectionLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile6(TypedDict):
    type: Literal[2001]
    data: DetectionLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile7(TypedDict):
    type: Literal[2002]
    data: DetectionLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile8(TypedDict):
    type: Literal[3000]
    data: SegmentationLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile9(TypedDict):
    type: Literal[3001]
    data: SegmentationLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile10(TypedDict):
    type: Literal[3002]
    data: SegmentationLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile11(TypedDict):
    type: Literal[3003]
    data: SegmentationLabelData
    meta: NotRequired[LabelMeta]


@final
class LabelFile12(TypedDict):
    type: Literal[3004]
    data: SegmentationLabelData
    meta: NotRequired[LabelMeta]


LabelFile: TypeAlias = 'LabelFile1 | LabelFile2 | LabelFile3 | LabelFile4 | LabelFile5 | LabelFile6 | LabelFile7 | LabelFile8 | LabelFile9 | LabelFile10 | LabelFile11 | LabelFile12'


@final
class LabelInput1(TypedDict):
    type: Literal[1000]
    data: BaseLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput2(TypedDict):
    type: Literal[1001]
    data: ProbabilityLabelData | WeightedLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput3(TypedDict):
    type: Literal[1002]
    data: ProbabilityLabelData | WeightedLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput4(TypedDict):
    type: Literal[1003]
    data: WeightedLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput5(TypedDict):
    type: Literal[2000]
    data: DetectionLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput6(TypedDict):
    type: Literal[2001]
    data: DetectionLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput7(TypedDict):
    type: Literal[2002]
    data: DetectionLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput8(TypedDict):
    type: Literal[3000]
    data: SegmentationLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput9(TypedDict):
    type: Literal[3001]
    data: SegmentationLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput10(TypedDict):
    type: Literal[3002]
    data: SegmentationLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput11(TypedDict):
    type: Literal[3003]
    data: SegmentationLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


@final
class LabelInput12(TypedDict):
    type: Literal[3004]
    data: SegmentationLabelData
    meta: NotRequired[Any]
    seconds: NotRequired[float]


LabelInput: TypeAlias = 'LabelInput1 | LabelInput2 | LabelInput3 | LabelInput4 | LabelInput5 | LabelInput6 | LabelInput7 | LabelInput8 | LabelInput9 | LabelInput10 | LabelInput11 | LabelInput12'


@final
class AssistQuestion1Point(TypedDict):
    x: float
    y: float


@final
class AssistQuestion1(TypedDict):
    point: AssistQuestion1Point
    frame: NotRequired[int]


@final
class AssistQuestion2(TypedDict):
    box: BoundingBox
    frame: NotRequired[int]


AssistQuestion: TypeAlias = 'AssistQuestion1 | AssistQuestion2'


@final
class AssistAnswer(TypedDict):
    modelVersionId: ModelVersionId
    data: DetectionLabelData | SegmentationLabelData
    latencyMs: float


@final
class Reason(TypedDict):
    template: str
    values: list[str | Reason]


ErrorCode: TypeAlias = 'Literal["BAD_REQUEST", "VALIDATION_FAILED", "NOT_SIGNED_IN", "WRONG_CREDENTIALS", "CODE_REQUIRED", "SIGN_IN_FAILED", "PASSKEY_REFUSED", "PASSKEY_REQUIRED", "SECOND_FACTOR_REQUIRED", "PASSKEYS_UNAVAILABLE", "SIGN_IN_AGAIN", "ACCOUNT_UNKNOWN", "ACCOUNT_FROZEN", "EMAIL_UNCONFIRMED", "SIGN_IN_TO_LINK", "IDENTITY_TAKEN", "LAST_WAY_IN", "PASSWORD_COMMON", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "USERNAME_TAKEN", "EMAIL_TAKEN", "RUN_ALREADY_ACTIVE", "CLASSES_IN_USE", "LAST_OWNER", "LAST_ADMINISTRATOR", "QUOTA_REACHED", "RUN_QUOTA_REACHED", "IMAGE_FROZEN", "ARTICLE_FROZEN", "ARTICLE_CHANGED", "LABEL_CHANGED", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "FILE_EMPTY", "FILE_TOO_LARGE", "FILE_NOT_AN_IMAGE", "FILE_FORMAT_UNSUPPORTED", "FILE_HAS_NO_IMAGE", "FILE_DAMAGED", "FILE_TOO_MANY_PIXELS", "FILE_DUPLICATE", "ARCHIVE_UNUSABLE", "FORMAT_NOT_RECOGNISED", "TASK_TYPE_UNSUPPORTED", "LABEL_MISMATCH", "NOT_ENOUGH_ANNOTATIONS", "NOTHING_CHANGED", "NO_MODEL", "MODEL_UNUSABLE", "OUTGOING_REFUSED", "TOO_MANY_REQUESTS", "TRAINING_FAILED", "TRAINING_DIVERGED", "MEMORY_LIMIT_REACHED", "PRELABEL_FAILED", "INTERRUPTED", "INTERNAL", "OUTGOING_FAILED", "STORAGE_FULL", "UNAVAILABLE"]'


@final
class ErrorBodyIssuesItem(TypedDict):
    path: str
    message: str


@final
class ErrorBody(TypedDict):
    type: str
    title: str
    status: int
    detail: NotRequired[str]
    code: ErrorCode
    requestId: NotRequired[str]
    issues: NotRequired[list[ErrorBodyIssuesItem]]


@final
class Problem(TypedDict):
    code: ErrorCode
    message: str
    told: NotRequired[Reason]


ReviewState: TypeAlias = 'Literal["unreviewed", "accepted", "rejected"]'


ReviewMode: TypeAlias = 'Literal["off", "optional", "required"]'


@final
class CommentPlace(TypedDict):
    x: float
    y: float
    frame: NotRequired[int]
    markId: NotRequired[str | None]


@final
class Review(TypedDict):
    id: ReviewId
    imageId: ImageId
    revision: int
    decision: Literal["accepted", "rejected"]
    text: str | None
    reviewer: Person
    createdAt: Timestamp


@final
class ReviewComment(TypedDict):
    id: CommentId
    imageId: ImageId
    parentId: CommentId | None
    author: Person
    text: str
    place: CommentPlace | None
    createdAt: Timestamp
    resolvedAt: Timestamp | None
    resolvedBy: Person | None


@final
class ReviewSettings(TypedDict):
    mode: ReviewMode
    showsGoldScore: bool


@final
class ReviewCounts(TypedDict):
    unreviewed: int
    accepted: int
    rejected: int
    rejectedMine: int


@final
class Skip(TypedDict):
    reason: Literal["unsure", "quality", "unfit", "expert", "other"]
    note: str
    userId: UserId
    at: Timestamp


@final
class DeidentificationSummary(TypedDict):
    removed: int
    burnedInText: Literal["yes", "suspected", "no", "unknown"]


@final
class TextLine(TypedDict):
    frame: int
    box: BoundingBox


@final
class DeidentificationReportRemovedItem(TypedDict):
    name: str
    count: int


@final
class DeidentificationReport(TypedDict):
    removed: list[DeidentificationReportRemovedItem]
    burnedInText: Literal["yes", "suspected", "no", "unknown"]
    textLines: NotRequired[list[TextLine]]


@final
class PixelSpacing(TypedDict):
    rowMm: float
    columnMm: float
    plane: Literal["object", "detector", "film"]


@final
class GuessSummary(TypedDict):
    value: int | None
    marks: int | None
    score: float | None
    modelVersionId: ModelVersionId


@final
class Image(TypedDict):
    id: ImageId
    projectId: ProjectId
    ownerId: UserId
    name: str
    type: str
    taskType: ImageType
    uri: str
    state: ImageState
    annotatedAt: Timestamp | None
    annotatedBy: UserId | None
    review: ReviewState
    openComments: int
    problem: Problem | None
    labelValue: int | None
    labelMarks: int | None
    guess: GuessSummary | None
    labelRevision: int
    skip: Skip | None
    group: str | None
    editorCount: int
    width: int
    height: int
    bitDepth: int
    channels: int
    frames: int
    spacing: PixelSpacing | None
    deidentification: DeidentificationSummary | None
    byteSize: int
    contentHash: str
    createdAt: Timestamp
    updatedAt: Timestamp


@final
class UploadItem1(TypedDict):
    name: str
    image: Image
    duplicateOf: NotRequired[ImageId]


@final
class UploadItem2(TypedDict):
    name: str
    error: Problem
    duplicateOf: NotRequired[ImageId]


UploadItem: TypeAlias = 'UploadItem1 | UploadItem2'


@final
class ImageEditor(TypedDict):
    id: UserId
    username: str
    addedAt: Timestamp


@final
class ImageAction1(TypedDict):
    action: Literal["freeze", "unfreeze", "delete", "restore", "purge", "prelabel"]
    imageIds: list[ImageId]


@final
class ImageAction2(TypedDict):
    action: Literal["share", "unshare", "copy"]
    imageIds: list[ImageId]
    userId: UserId


ImageAction: TypeAlias = 'ImageAction1 | ImageAction2'


@final
class Article(TypedDict):
    id: ArticleId
    title: str
    summary: str
    state: Literal["draft", "published"]
    visibility: Literal["private", "project", "organisation", "public"]
    organisationId: OrganisationId | None
    projectId: ProjectId | None
    homeName: str | None
    author: Person
    access: Access
    frozenAt: Timestamp | None
    deletedAt: Timestamp | None
    revision: int
    blocks: int
    bytes: int
    createdAt: Timestamp
    updatedAt: Timestamp
    updatedBy: Person


@final
class FoundArticle(TypedDict):
    id: ArticleId
    title: str
    summary: str
    state: Literal["draft", "published"]
    visibility: Literal["private", "project", "organisation", "public"]
    organisationId: OrganisationId | None
    projectId: ProjectId | None
    homeName: str | None
    author: Person
    access: Access
    frozenAt: Timestamp | None
    deletedAt: Timestamp | None
    revision: int
    blocks: int
    bytes: int
    createdAt: Timestamp
    updatedAt: Timestamp
    updatedBy: Person
    excerpt: str | None


@final
class ArticleBlock(TypedDict):
    id: BlockId
    text: str
    tag: str


@final
class ArticleHeading(TypedDict):
    blockId: BlockId
    index: int
    level: int
    text: str


@final
class ArticleRevision(TypedDict):
    revision: int
    kind: Literal["created", "edited", "restored"]
    restoredFrom: int | None
    title: str
    author: Person
    changed: int
    bytes: int
    createdAt: Timestamp


@final
class ArticleDifference1(TypedDict):
    kind: Literal["same"]
    blocks: int


@final
class ArticleDifference2(TypedDict):
    kind: Literal["changed"]
    before: str
    after: str


ArticleDifference: TypeAlias = 'ArticleDifference1 | ArticleDifference2'


@final
class AuditEvent(TypedDict):
    seq: int
    at: Timestamp
    actorId: UserId | None
    actorName: str | None
    actorBy: str
    via: str | None
    reason: str | None
    action: Literal["create", "change", "delete"]
    subject: str
    subjectId: str
    projectId: ProjectId | None
    organisationId: OrganisationId | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str


@final
class AuditFlaw(TypedDict):
    seq: int
    flaw: Literal["gone", "changed", "witness"]


@final
class AuditVerificationHead(TypedDict):
    seq: int
    hash: str


@final
class AuditVerification(TypedDict):
    events: int
    head: AuditVerificationHead | None
    flaws: list[AuditFlaw]


@final
class PastClasses(TypedDict):
    names: list[str]
    to: list[int | None]


@final
class EditedClass(TypedDict):
    name: str
    was: int | None
    takes: NotRequired[list[int]]
    colour: NotRequired[str | None]


@final
class ClassEditRequest(TypedDict):
    scheme: int
    classes: list[EditedClass]


@final
class ClassEditPreviewMarks(TypedDict):
    moved: int
    removed: int
    isEstimate: bool


@final
class ClassEditPreviewHeldOut(TypedDict):
    images: int
    unmeasured: list[str]


@final
class ClassEditPreviewModelsItem(TypedDict):
    id: ModelVersionId
    number: int
    isServing: bool
    unknown: list[str]
    isUsable: bool


@final
class ClassEditPreview(TypedDict):
    annotated: int
    unanswered: int
    guessed: int
    marks: ClassEditPreviewMarks
    frozen: int
    heldOut: ClassEditPreviewHeldOut
    references: int
    readings: int
    filters: int
    models: list[ClassEditPreviewModelsItem]
    restored: int
    kept: int
    takesTime: bool


@final
class ClassEdit(TypedDict):
    id: ClassEditId
    projectId: ProjectId
    scheme: int
    before: list[str]
    after: list[EditedClass]
    state: Literal["running", "done", "failed"]
    done: int
    total: int
    changed: int
    authorName: str | None
    undoes: ClassEditId | None
    canUndo: bool
    problem: Problem | None
    createdAt: Timestamp
    finishedAt: Timestamp | None


DuplicateChoice: TypeAlias = 'Literal["ask", "copy", "keep", "skip"]'


@final
class Import(TypedDict):
    id: ImportId
    projectId: ProjectId
    kind: Literal["files", "archive", "folder", "address", "dicomweb"]
    source: str
    state: Literal["pending", "running", "succeeded", "failed", "cancelled"]
    total: int | None
    stored: int
    refused: int
    labels: int
    duplicates: int
    ignored: int
    byteSize: int
    error: Problem | None
    createdAt: Timestamp
    startedAt: Timestamp | None
    finishedAt: Timestamp | None


@final
class ImportItem(TypedDict):
    position: int
    path: str
    state: Literal["stored", "refused", "duplicate", "label"]
    imageId: ImageId | None
    error: Problem | None


@final
class ImportRequest1(TypedDict):
    kind: Literal["folder"]
    path: str
    duplicates: NotRequired[DuplicateChoice]


@final
class ImportRequest2(TypedDict):
    kind: Literal["address"]
    url: str
    duplicates: NotRequired[DuplicateChoice]


ImportRequest: TypeAlias = 'ImportRequest1 | ImportRequest2'


FormatName: TypeAlias = 'Literal["archive", "coco", "coco-counts", "coco-polygons", "yolo", "yolo-classify", "voc", "label-me", "cvat", "label-studio", "image-folder", "png-semantic", "png-palette", "png-instance", "csv", "geojson", "nifti", "dicom-seg", "dicom-sr"]'


MarkOrigin: TypeAlias = 'Literal["annotations", "guesses"]'


@final
class WorkProgress(TypedDict):
    done: int
    total: int


ExportFilter = TypedDict(
    "ExportFilter",
    {
        "state": 'NotRequired[ImageState]',
        "annotated": 'NotRequired[bool]',
        "class": 'NotRequired[int]',
        "text": 'NotRequired[str]',
        "scoreFrom": 'NotRequired[float]',
        "scoreTo": 'NotRequired[float]',
        "annotatedBy": 'NotRequired[UserId]',
        "review": 'NotRequired[ReviewState]',
        "reviewedBy": 'NotRequired[UserId]',
        "skipped": 'NotRequired[bool]',
        "skipReason": 'NotRequired[Literal["unsure", "quality", "unfit", "expert", "other"]]',
        "burnedIn": 'NotRequired[bool]',
        "imageIds": 'NotRequired[list[ImageId]]',
        "from": 'NotRequired[Timestamp]',
        "to": 'NotRequired[Timestamp]',
    },
)


@final
class ExportRequest(TypedDict):
    format: FormatName
    content: NotRequired[MarkOrigin]
    images: NotRequired[bool]
    language: NotRequired[Literal["en", "zh"]]
    filter: NotRequired[ExportFilter]


@final
class ExportResult(TypedDict):
    images: int
    marks: int
    byteSize: int
    problems: int


@final
class Export(TypedDict):
    id: ExportId
    projectId: ProjectId
    format: FormatName
    content: MarkOrigin
    images: bool
    filter: ExportFilter
    state: Literal["pending", "running", "succeeded", "failed", "cancelled"]
    progress: WorkProgress
    result: ExportResult | None
    problem: Problem | None
    createdAt: Timestamp
    finishedAt: Timestamp | None
    expiresAt: Timestamp


@final
class ImportProblem(TypedDict):
    reason: str
    told: NotRequired[Reason]
    code: NotRequired[ErrorCode]
    file: NotRequired[str]
    line: NotRequired[int]
    image: NotRequired[str]


ClassMapping: TypeAlias = 'dict[str, str | None]'


@final
class ImportChoices(TypedDict):
    classes: NotRequired[ClassMapping]
    addClasses: NotRequired[bool]
    replace: NotRequired[bool]
    content: NotRequired[MarkOrigin]


@final
class ImportReportClassesItem(TypedDict):
    name: str
    becomes: str | None
    isNew: bool
    marks: int
    images: int


@final
class ImportReportConflictsItem(TypedDict):
    image: str
    marksNow: int
    marksInFile: int


@final
class ImportReport(TypedDict):
    written: int
    replaced: int
    unchanged: int
    alreadyAnnotated: int
    empty: int
    marks: int
    classes: list[ImportReportClassesItem]
    conflicts: list[ImportReportConflictsItem]
    unmatched: list[str]
    unmatchedCount: int
    problems: list[ImportProblem]
    problemCount: int


@final
class AnnotationImport(TypedDict):
    id: AnnotationImportId
    projectId: ProjectId
    format: FormatName | None
    fileNames: list[str]
    state: Literal["reading", "ready", "writing", "done", "failed"]
    choices: ImportChoices
    progress: WorkProgress
    report: ImportReport | None
    problem: Problem | None
    createdAt: Timestamp
    finishedAt: Timestamp | None


DicomUid: TypeAlias = 'str'


@final
class DicomSourceSettings(TypedDict):
    name: str
    url: str
    auth: NotRequired[Literal["none", "basic", "bearer"]]
    username: NotRequired[str]
    secret: NotRequired[str]


@final
class DicomSource(TypedDict):
    id: DicomSourceId
    projectId: ProjectId | None
    name: str
    url: str
    auth: Literal["none", "basic", "bearer"]
    username: str
    hasSecret: bool
    updatedAt: Timestamp


DicomSearch = TypedDict(
    "DicomSearch",
    {
        "patientId": 'NotRequired[str]',
        "patientName": 'NotRequired[str]',
        "from": 'NotRequired[str]',
        "to": 'NotRequired[str]',
        "modality": 'NotRequired[str]',
        "accession": 'NotRequired[str]',
        "limit": 'NotRequired[int]',
        "offset": 'NotRequired[int]',
    },
)


@final
class DicomStudy(TypedDict):
    studyUid: DicomUid
    patientId: str | None
    patientName: str | None
    date: str | None
    description: str | None
    accession: str | None
    modalities: list[str]
    series: int | None
    instances: int | None


@final
class DicomSeries(TypedDict):
    seriesUid: DicomUid
    number: int | None
    modality: str | None
    description: str | None
    bodyPart: str | None
    instances: int | None


@final
class DicomPullSelectionsItem(TypedDict):
    studyUid: DicomUid
    seriesUids: NotRequired[list[DicomUid]]


@final
class DicomPull(TypedDict):
    selections: list[DicomPullSelectionsItem]
    duplicates: NotRequired[DuplicateChoice]


@final
class DicomPushRequest(TypedDict):
    format: Literal["dicom-seg", "dicom-sr"]
    filter: NotRequired[ExportFilter]


@final
class DicomPushResult(TypedDict):
    images: int
    marks: int
    stored: int
    refused: int
    leftOut: int


@final
class DicomPush(TypedDict):
    id: DicomPushId
    projectId: ProjectId
    sourceName: str
    format: Literal["dicom-seg", "dicom-sr"]
    state: Literal["pending", "running", "succeeded", "failed", "cancelled"]
    progress: WorkProgress
    result: DicomPushResult | None
    notes: list[str]
    problem: Problem | None
    createdAt: Timestamp
    finishedAt: Timestamp | None


@final
class LookupTable(TypedDict):
    firstInput: float
    bits: int
    values: list[float]


@final
class DisplayWindow(TypedDict):
    center: float
    width: float
    shape: Literal["linear", "linear-exact", "sigmoid"]


@final
class CalibrationRescale(TypedDict):
    slope: float
    intercept: float
    unit: str | None


@final
class CalibrationPadding(TypedDict):
    low: float
    high: float


@final
class Calibration(TypedDict):
    spacing: PixelSpacing | None
    pixelAspect: float | None
    rescale: CalibrationRescale | None
    modalityTable: LookupTable | None
    windows: list[DisplayWindow]
    displayTables: list[LookupTable]
    padding: CalibrationPadding | None


@final
class ImageTilesLevelsItem(TypedDict):
    width: int
    height: int


@final
class ImageTiles(TypedDict):
    side: int
    levels: list[ImageTilesLevelsItem]
    encoding: Literal["png", "jpeg"]
    bits: Literal[8] | Literal[16]


@final
class FrameFacts(TypedDict):
    width: int
    height: int
    frames: int
    colour: Literal["grey", "grey-inverted", "rgb", "rgba"]
    sampleType: Literal["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64"]
    bitsStored: int
    calibrations: list[Calibration]


@final
class InferenceModelMetadataInputsItem(TypedDict):
    name: str
    datatype: str
    shape: list[int]


@final
class InferenceModelMetadataOutputsItem(TypedDict):
    name: str
    datatype: str
    shape: list[int]


@final
class InferenceModelMetadata(TypedDict):
    name: str
    versions: list[str]
    platform: str
    inputs: list[InferenceModelMetadataInputsItem]
    outputs: list[InferenceModelMetadataOutputsItem]
    parameters: dict[str, Any]


@final
class InferenceRequestInputsItem(TypedDict):
    name: str
    datatype: str
    shape: list[int]
    data: list[Any]


@final
class InferenceRequestOutputsItemParameters(TypedDict):
    binary_data: NotRequired[bool]


@final
class InferenceRequestOutputsItem(TypedDict):
    name: str
    parameters: NotRequired[InferenceRequestOutputsItemParameters]


@final
class InferenceRequestParameters(TypedDict):
    binary_data_output: NotRequired[bool]


@final
class InferenceRequest(TypedDict):
    id: NotRequired[str]
    inputs: list[InferenceRequestInputsItem]
    outputs: NotRequired[list[InferenceRequestOutputsItem]]
    parameters: NotRequired[InferenceRequestParameters]


@final
class InferenceAnswerOutputsItem(TypedDict):
    name: str
    datatype: str
    shape: list[int]
    data: list[float | str]


@final
class InferenceAnswer(TypedDict):
    id: NotRequired[str]
    model_name: str
    model_version: str
    outputs: list[InferenceAnswerOutputsItem]


@final
class Prediction(TypedDict):
    imageId: ImageId
    modelVersionId: ModelVersionId
    data: Any
    score: float | None
    latencyMs: float
    createdAt: Timestamp


@final
class LabelRevision(TypedDict):
    revision: int
    data: Any
    author: LabelAuthor
    authorName: str | None
    seconds: float | None
    isClassEdit: bool
    createdAt: Timestamp


@final
class MessageTarget1(TypedDict):
    kind: Literal["people"]
    userIds: list[UserId]


@final
class MessageTarget2(TypedDict):
    kind: Literal["organisation"]
    organisationId: OrganisationId


@final
class MessageTarget3(TypedDict):
    kind: Literal["image"]
    imageId: ImageId
    place: NotRequired[CommentPlace | None]


@final
class MessageTarget4(TypedDict):
    kind: Literal["article"]
    articleId: ArticleId


MessageTarget: TypeAlias = 'MessageTarget1 | MessageTarget2 | MessageTarget3 | MessageTarget4'


@final
class Topic1(TypedDict):
    kind: Literal["people"]
    id: TopicId
    people: list[Person]


@final
class Topic2(TypedDict):
    kind: Literal["organisation"]
    id: TopicId
    organisationId: OrganisationId
    name: str


@final
class Topic3(TypedDict):
    kind: Literal["image"]
    id: TopicId
    imageId: ImageId
    projectId: ProjectId
    name: str
    place: CommentPlace | None


@final
class Topic4(TypedDict):
    kind: Literal["article"]
    id: TopicId
    articleId: ArticleId
    name: str


Topic: TypeAlias = 'Topic1 | Topic2 | Topic3 | Topic4'


@final
class MessageQuote(TypedDict):
    id: MessageId
    author: Person | None
    text: str
    deletedAt: Timestamp | None


@final
class MessageImagesItem(TypedDict):
    id: ImageId
    projectId: ProjectId
    name: str


@final
class Message(TypedDict):
    id: MessageId
    topic: Topic
    author: Person | None
    text: str
    quotes: list[MessageQuote]
    images: list[MessageImagesItem]
    mentions: list[Person]
    createdAt: Timestamp
    editedAt: Timestamp | None
    deletedAt: Timestamp | None


@final
class MessageEdit(TypedDict):
    text: str
    replacedAt: Timestamp


@final
class ThreadPage(TypedDict):
    size: int
    isMuted: bool
    unread: int
    items: list[Message]
    previousCursor: str | None
    nextCursor: str | None


@final
class Conversation(TypedDict):
    topic: Topic
    last: Message
    size: int
    unread: int
    isMuted: bool
    activeAt: Timestamp


@final
class Discussion(TypedDict):
    topic: Topic
    first: Message
    size: int
    activeAt: Timestamp


@final
class MessageSettings(TypedDict):
    mailDigest: Literal["off", "hourly", "daily"]


@final
class NotificationMessage(TypedDict):
    id: MessageId
    text: str


@final
class NotificationImage(TypedDict):
    id: ImageId
    projectId: ProjectId
    name: str


@final
class NotificationProject(TypedDict):
    id: ProjectId
    name: str


@final
class Notification(TypedDict):
    id: NotificationId
    kind: Literal["mention", "reply", "review", "training", "import", "webhook"]
    by: Person | None
    message: NotificationMessage | None
    image: NotificationImage | None
    project: NotificationProject | None
    outcome: Literal["accepted", "rejected", "succeeded", "failed"] | None
    createdAt: Timestamp
    seenAt: Timestamp | None


@final
class NewsCount(TypedDict):
    threads: int
    notifications: int


GateReason: TypeAlias = 'Literal["first", "better", "notBetter", "classFalls", "tooFewImages", "noSkill", "learnedNothing", "imagesMissing", "asksPerson", "noFigure", "servingChanged"]'


@final
class GateDecisionClassesItem(TypedDict):
    name: str
    first: float | None
    second: float | None
    marked: int


@final
class GateDecision(TypedDict):
    isPromoted: bool
    reason: GateReason
    againstId: ModelVersionId | None
    images: int
    score: float | None
    againstScore: float | None
    interval: list[float] | None
    shareBetter: float | None
    shareRequired: NotRequired[float | None]
    classes: list[GateDecisionClassesItem]
    comparisonId: ComparisonId | None
    decidedAt: Timestamp


@final
class ClassMetrics(TypedDict):
    name: str
    support: int
    precision: float | None
    recall: float | None
    f1: float | None
    auroc: float | None


@final
class ClassificationMetrics(TypedDict):
    kind: Literal["classification"]
    images: int
    accuracy: float | None
    balancedAccuracy: float | None
    auroc: float | None
    ece: float | None
    loss: float | None
    accuracyInterval: list[float] | None
    confusion: list[list[int]]
    perClass: list[ClassMetrics]


@final
class DetectionClassMetrics(TypedDict):
    name: str
    support: int
    threshold: float
    precision: float | None
    recall: float | None
    f1: float | None
    ap50: float | None


@final
class DetectionMetrics(TypedDict):
    kind: Literal["detection"]
    images: int
    boxes: int
    map50: float | None
    map: float | None
    perClass: list[DetectionClassMetrics]


@final
class SegmentationClassMetrics(TypedDict):
    name: str
    support: int
    dice: float | None
    iou: float | None


@final
class SegmentationMetrics(TypedDict):
    kind: Literal["segmentation"]
    images: int
    dice: float | None
    iou: float | None
    hd95: float | None
    auroc: float | None
    ap50: float | None
    perClass: list[SegmentationClassMetrics]


Metrics: TypeAlias = 'ClassificationMetrics | DetectionMetrics | SegmentationMetrics'


@final
class DisagreementTruth(TypedDict):
    value: int | None
    marks: int | None


@final
class DisagreementFirst(TypedDict):
    value: int | None
    marks: int | None
    score: float


@final
class DisagreementSecond(TypedDict):
    value: int | None
    marks: int | None
    score: float


@final
class Disagreement(TypedDict):
    imageId: ImageId
    name: str
    truth: DisagreementTruth
    first: DisagreementFirst
    second: DisagreementSecond


@final
class ComparisonResultFirst(TypedDict):
    score: float | None
    metrics: Metrics | None


@final
class ComparisonResultSecond(TypedDict):
    score: float | None
    metrics: Metrics | None


@final
class ComparisonResultClassesItem(TypedDict):
    name: str
    first: float | None
    second: float | None
    marked: int


@final
class ComparisonResult(TypedDict):
    images: int
    groups: int
    first: ComparisonResultFirst
    second: ComparisonResultSecond
    difference: float | None
    interval: list[float] | None
    shareBetter: float | None
    classes: list[ComparisonResultClassesItem]
    disagreements: list[Disagreement]


@final
class Comparison(TypedDict):
    id: ComparisonId
    projectId: ProjectId
    firstId: ModelVersionId
    secondId: ModelVersionId
    state: Literal["pending", "done", "failed"]
    result: ComparisonResult | None
    error: Problem | None
    createdAt: Timestamp


RunState: TypeAlias = 'Literal["pending", "running", "succeeded", "failed", "cancelled"]'


@final
class RunProgress(TypedDict):
    phase: Literal["waiting", "reading", "training", "evaluating", "saving", "done"]
    fraction: float
    epoch: int
    epochs: int
    step: int
    loss: float | None
    imagesPerSecond: float | None
    secondsLeft: float | None


@final
class CurvePoint(TypedDict):
    epoch: int
    seconds: float
    trainLoss: float
    trainAccuracy: float | None
    validationLoss: float | None
    validationAccuracy: float | None
    learningRate: float


@final
class Without(TypedDict):
    userIds: NotRequired[list[UserId]]
    imageIds: NotRequired[list[ImageId]]


@final
class Run(TypedDict):
    id: RunId
    projectId: ProjectId
    kind: Literal["training"]
    trigger: Literal["person", "schedule"]
    scope: TrainingScope
    state: RunState
    progress: RunProgress
    curve: list[CurvePoint]
    metrics: Metrics | None
    error: Problem | None
    modelVersionId: ModelVersionId | None
    imageCount: int | None
    dataSetHash: str | None
    waitsUntil: Timestamp | None
    without: Without | None
    createdAt: Timestamp
    startedAt: Timestamp | None
    finishedAt: Timestamp | None


@final
class Lineage(TypedDict):
    backbone: Backbone | Literal["imported"]
    base: NotRequired[str | None]
    scope: NotRequired[TrainingScope]
    imageSize: int
    seed: int
    codeVersion: str
    dataSetHash: str
    trainingImages: int
    validationImages: int
    epochs: int
    seconds: float
    parentId: ModelVersionId | None
    heldOutImages: NotRequired[int]
    without: NotRequired[Without | None]


@final
class ImportedFile(TypedDict):
    fileName: str
    canPredict: bool
    canLearn: bool
    backbone: Backbone | None


@final
class ModelVersion(TypedDict):
    id: ModelVersionId
    projectId: ProjectId
    runId: RunId | None
    uri: str
    number: int
    state: Literal["candidate", "serving", "retired"]
    classes: list[str]
    unknownClasses: list[str]
    metrics: Metrics | None
    lineage: Lineage | None
    imported: ImportedFile | None
    gate: GateDecision | None
    byteSize: int
    sha256: str
    createdAt: Timestamp


@final
class Serving(TypedDict):
    modelVersionId: ModelVersionId
    number: int
    reason: Literal["gate", "promote", "rollback"]
    byName: str | None
    since: Timestamp


@final
class LineageLabel(TypedDict):
    imageId: str
    revision: int
    contentHash: str


@final
class HeldOut(TypedDict):
    images: int
    groups: int
    perClass: list[int]


@final
class Organisation(TypedDict):
    id: OrganisationId
    name: str
    role: OrganisationRole | None
    members: int
    projects: int
    quota: SetQuota
    secondFactor: SecondFactorRule | None
    createdAt: Timestamp


@final
class Member(TypedDict):
    id: UserId
    username: str
    role: OrganisationRole
    joinedAt: Timestamp


@final
class Invitation(TypedDict):
    id: InvitationId
    email: str | None
    role: OrganisationRole
    invitedBy: str
    createdAt: Timestamp
    expiresAt: Timestamp


@final
class Holdings(TypedDict):
    projects: int
    images: int
    bytes: int
    models: int
    members: int
    activeRuns: int
    limits: Quota


@final
class FarewellOrganisationsItem(TypedDict):
    id: OrganisationId
    name: str
    role: OrganisationRole
    isLastOwner: bool


@final
class Farewell(TypedDict):
    projects: int
    images: int
    bytes: int
    models: int
    peopleSharedWith: int
    annotatedElsewhere: int
    uploadedElsewhere: int
    organisations: list[FarewellOrganisationsItem]
    isLastAdministrator: bool
    obstacle: ErrorCode | None


@final
class OwnArchive(TypedDict):
    id: OwnArchiveId
    state: Literal["pending", "ready", "failed"]
    byteSize: int | None
    createdAt: Timestamp
    endsAt: Timestamp


@final
class Passkey(TypedDict):
    id: PasskeyId
    name: str
    isSynced: bool
    createdAt: Timestamp
    lastUsedAt: Timestamp | None


@final
class PasskeyCreationResponse(TypedDict):
    clientDataJSON: str
    attestationObject: str
    transports: NotRequired[list[str]]
    authenticatorData: NotRequired[str]
    publicKey: NotRequired[str]
    publicKeyAlgorithm: NotRequired[int]


@final
class PasskeyCreation(TypedDict):
    id: str
    rawId: str
    type: Literal["public-key"]
    authenticatorAttachment: NotRequired[Literal["platform", "cross-platform"]]
    clientExtensionResults: NotRequired[dict[str, Any]]
    response: PasskeyCreationResponse


@final
class PasskeyAnswerResponse(TypedDict):
    clientDataJSON: str
    authenticatorData: str
    signature: str
    userHandle: NotRequired[str]


@final
class PasskeyAnswer(TypedDict):
    id: str
    rawId: str
    type: Literal["public-key"]
    authenticatorAttachment: NotRequired[Literal["platform", "cross-platform"]]
    clientExtensionResults: NotRequired[dict[str, Any]]
    response: PasskeyAnswerResponse


@final
class PasskeyCreationOptionsRp(TypedDict):
    id: str
    name: str


@final
class PasskeyCreationOptionsUser(TypedDict):
    id: str
    name: str
    displayName: str


@final
class PasskeyCreationOptionsPubKeyCredParamsItem(TypedDict):
    type: Literal["public-key"]
    alg: int


@final
class PasskeyCreationOptionsExcludeCredentialsItem(TypedDict):
    id: str
    type: Literal["public-key"]
    transports: NotRequired[list[str]]


@final
class PasskeyCreationOptionsAuthenticatorSelection(TypedDict):
    residentKey: Literal["required"]
    requireResidentKey: Literal[True]
    userVerification: Literal["required"]


@final
class PasskeyCreationOptions(TypedDict):
    rp: PasskeyCreationOptionsRp
    user: PasskeyCreationOptionsUser
    challenge: str
    pubKeyCredParams: list[PasskeyCreationOptionsPubKeyCredParamsItem]
    timeout: int
    excludeCredentials: list[PasskeyCreationOptionsExcludeCredentialsItem]
    authenticatorSelection: PasskeyCreationOptionsAuthenticatorSelection
    attestation: Literal["none"]


@final
class PasskeyRequestOptionsAllowCredentialsItem(TypedDict):
    id: str
    type: Literal["public-key"]
    transports: NotRequired[list[str]]


@final
class PasskeyRequestOptions(TypedDict):
    challenge: str
    timeout: int
    rpId: str
    allowCredentials: list[PasskeyRequestOptionsAllowCredentialsItem]
    userVerification: Literal["required"]


@final
class Proof(TypedDict):
    password: NotRequired[str]
    passkey: NotRequired[PasskeyAnswer]


@final
class Preferences(TypedDict):
    shortcuts: dict[str, list[str]]


@final
class Presence(TypedDict):
    id: UserId
    username: str
    activity: Literal["viewing", "editing"]


@final
class ProjectCounts(TypedDict):
    images: int
    toLabel: int
    annotated: int
    annotatedPerClass: list[int]
    guessed: int
    problems: int


@final
class ProjectPastClassesItem(TypedDict):
    names: list[str]
    to: list[int | None]
    scheme: int


@final
class Project(TypedDict):
    id: ProjectId
    name: str
    taskType: ImageType
    classes: list[str]
    classScheme: int
    classColours: list[str | None]
    pastClasses: list[ProjectPastClassesItem]
    areClassesMoving: bool
    ownerId: UserId
    organisationId: OrganisationId | None
    access: Access
    reviewMode: ReviewMode
    isDefault: bool
    deidentifies: bool
    duplicates: DuplicateChoice
    servingModelId: ModelVersionId | None
    counts: ProjectCounts
    createdAt: Timestamp


@final
class Provider(TypedDict):
    id: str
    label: str


@final
class LinkedProvider(TypedDict):
    id: str
    label: str
    linkedAt: Timestamp


RemoteKind: TypeAlias = 'Literal["worker", "push", "pull", "open-inference", "label-studio", "monai"]'


@final
class RemoteSettingsTensors(TypedDict):
    scale: NotRequired[Literal["raw", "unit", "imagenet"]]
    boxes: NotRequired[Literal["xywh", "xyxy"]]
    boxUnit: NotRequired[Literal["image", "tensor", "share"]]
    threshold: NotRequired[float]


@final
class RemoteSettings(TypedDict):
    kind: RemoteKind
    url: NotRequired[str | None]
    model: NotRequired[str | None]
    sends: NotRequired[Literal["address", "bytes"]]
    picture: NotRequired[Literal["original", "png"]]
    answerWithinMinutes: NotRequired[int]
    fallsBack: NotRequired[bool]
    tensors: NotRequired[RemoteSettingsTensors]


@final
class RemoteServerSecretsItem(TypedDict):
    hint: str
    createdAt: Timestamp
    expiresAt: Timestamp | None


@final
class RemoteServer(TypedDict):
    projectId: ProjectId
    settings: RemoteSettings
    secrets: list[RemoteServerSecretsItem]
    hasBearer: bool
    updatedAt: Timestamp


@final
class RemotePrediction1(TypedDict):
    frame: NotRequired[int]
    probabilities: list[float]


RemotePrediction2BoxesItem = TypedDict(
    "RemotePrediction2BoxesItem",
    {
        "box": 'BoundingBox',
        "class": 'int | str',
        "score": 'NotRequired[float]',
    },
)


RemotePrediction2DoubtfulItem = TypedDict(
    "RemotePrediction2DoubtfulItem",
    {
        "box": 'BoundingBox',
        "class": 'int | str',
        "score": 'NotRequired[float]',
    },
)


@final
class RemotePrediction2(TypedDict):
    frame: NotRequired[int]
    boxes: list[RemotePrediction2BoxesItem]
    doubtful: NotRequired[list[RemotePrediction2DoubtfulItem]]


RemotePrediction3MasksItem = TypedDict(
    "RemotePrediction3MasksItem",
    {
        "class": 'int | str',
        "rle": 'CompressedRle',
        "score": 'NotRequired[float]',
    },
)


@final
class RemotePrediction3(TypedDict):
    frame: NotRequired[int]
    size: MaskSize
    masks: list[RemotePrediction3MasksItem]


RemotePrediction: TypeAlias = 'RemotePrediction1 | RemotePrediction2 | RemotePrediction3'


@final
class RemoteAnswerModel(TypedDict):
    name: str
    version: NotRequired[str]


@final
class RemoteAnswer(TypedDict):
    predictions: list[RemotePrediction]
    model: NotRequired[RemoteAnswerModel]


@final
class CallbackMessage1(TypedDict):
    type: Literal["prelabel.finished"]
    timestamp: NotRequired[str]
    data: RemoteAnswer


@final
class CallbackMessage2Data(TypedDict):
    reason: str


@final
class CallbackMessage2(TypedDict):
    type: Literal["prelabel.failed"]
    timestamp: NotRequired[str]
    data: CallbackMessage2Data


CallbackMessage: TypeAlias = 'CallbackMessage1 | CallbackMessage2'


@final
class RemoteImage(TypedDict):
    id: ImageId
    width: int
    height: int
    frames: int
    mediaType: str
    bytes: NotRequired[str]
    url: NotRequired[str]
    expiresAt: NotRequired[Timestamp]


@final
class PushMessageDataCallback(TypedDict):
    url: str
    expiresAt: Timestamp


@final
class PushMessageData(TypedDict):
    jobId: RemoteJobId
    projectId: ProjectId
    taskType: ImageType
    classes: list[str]
    image: RemoteImage
    callback: PushMessageDataCallback


@final
class PushMessage(TypedDict):
    type: Literal["prelabel.requested"]
    timestamp: Timestamp
    data: PushMessageData


RemoteJobState: TypeAlias = 'Literal["waiting", "sent", "leased", "succeeded", "failed", "cancelled"]'


@final
class RemoteDelivery(TypedDict):
    id: str
    direction: Literal["out", "in"]
    jobId: RemoteJobId | None
    imageId: ImageId | None
    status: int | None
    outcome: Literal["accepted", "refused", "failed"]
    reason: str | None
    milliseconds: int | None
    at: Timestamp


@final
class RemoteTrial(TypedDict):
    imageId: ImageId
    imageName: str
    milliseconds: int
    label: Any | None
    score: float | None
    problem: str | None
    said: str


@final
class WorkerToken(TypedDict):
    id: WorkerTokenId
    name: str
    projectId: ProjectId | None
    organisationId: OrganisationId | None
    createdBy: UserId | None
    createdAt: Timestamp
    expiresAt: Timestamp | None
    lastUsedAt: Timestamp | None
    lastUsedBy: str | None


@final
class WorkerJob1Image(TypedDict):
    id: ImageId
    width: int
    height: int
    frames: int
    mediaType: str
    contentHash: str


@final
class WorkerJob1Model(TypedDict):
    sha256: str
    byteSize: int


@final
class WorkerJob1(TypedDict):
    kind: Literal["prelabel"]
    id: RemoteJobId
    lease: str
    leaseUntil: Timestamp
    projectId: ProjectId
    taskType: ImageType
    classes: list[str]
    image: WorkerJob1Image
    ask: list[int]
    model: WorkerJob1Model | None


@final
class WorkerJob2Model(TypedDict):
    sha256: str
    byteSize: int


@final
class WorkerJob2(TypedDict):
    kind: Literal["training"]
    id: RemoteJobId
    lease: str
    leaseUntil: Timestamp
    projectId: ProjectId
    taskType: ImageType
    classes: list[str]
    runId: RunId
    backbone: Backbone
    imageSize: int | None
    seed: int
    budgetMinutes: float
    memoryLimitMb: float | None
    scope: TrainingScope
    items: int
    model: WorkerJob2Model | None


WorkerJob: TypeAlias = 'WorkerJob1 | WorkerJob2'


@final
class WorkerItem(TypedDict):
    position: int
    imageId: ImageId
    contentHash: str
    type: str
    frame: int
    group: str
    value: int | None
    label: Any | None


@final
class WorkerProgress(TypedDict):
    progress: NotRequired[RunProgress | None]
    points: NotRequired[list[CurvePoint]]


@final
class WorkerOutcomeSkippedItem(TypedDict):
    imageId: str
    reason: str


@final
class WorkerOutcome(TypedDict):
    sha256: str
    metrics: Metrics | None
    imageSize: int
    trainingImages: int
    validationImages: int
    epochs: int
    seconds: float
    skipped: list[WorkerOutcomeSkippedItem]


@final
class Reviewer(TypedDict):
    id: UserId
    username: str
    addedAt: Timestamp


@final
class SavedFilter(TypedDict):
    id: SavedFilterId
    name: str
    query: str
    createdAt: Timestamp


@final
class Security(TypedDict):
    hasPassword: bool
    hasSecondFactor: bool
    recoveryCodesLeft: int
    passkeys: int
    usesPassword: bool
    isEmailConfirmed: bool


@final
class Session(TypedDict):
    id: SessionId
    isCurrent: bool
    ipAddress: str | None
    userAgent: str | None
    createdAt: Timestamp
    expiresAt: Timestamp


@final
class Mail(TypedDict):
    id: MailId
    to: str
    subject: str
    text: str
    problem: str | None
    createdAt: Timestamp


@final
class StudyReader(TypedDict):
    id: UserId
    username: str
    assigned: int
    submitted: int
    finishedAt: Timestamp | None


@final
class Study(TypedDict):
    id: StudyId
    projectId: ProjectId
    name: str
    isBlind: bool
    showsGuess: bool
    state: Literal["open", "closed"]
    images: int
    readers: list[StudyReader]
    createdAt: Timestamp
    closedAt: Timestamp | None


@final
class StudyImages1(TypedDict):
    kind: Literal["all"]


@final
class StudyImages2(TypedDict):
    kind: Literal["share"]
    percent: float


@final
class StudyImages3(TypedDict):
    kind: Literal["chosen"]
    imageIds: list[ImageId]


StudyImages: TypeAlias = 'StudyImages1 | StudyImages2 | StudyImages3'


@final
class Reading(TypedDict):
    reader: Person
    data: Any
    submittedAt: Timestamp


@final
class Adjudication(TypedDict):
    author: Person
    note: str | None
    revision: int
    createdAt: Timestamp


AgreementMeasure: TypeAlias = 'Literal["kappa", "dice", "f1", "tags"]'


PairAgreementPerClassItem = TypedDict(
    "PairAgreementPerClassItem",
    {
        "class": 'int',
        "value": 'float | None',
        "images": 'int',
    },
)


@final
class PairAgreement(TypedDict):
    a: UserId
    b: UserId
    images: int
    value: float | None
    interval: list[float] | None
    beside: float | None
    perClass: list[PairAgreementPerClassItem]
    confusion: list[list[int]] | None


AgreementFleissPerClassItem = TypedDict(
    "AgreementFleissPerClassItem",
    {
        "class": 'int',
        "value": 'float | None',
        "images": 'int',
    },
)


@final
class AgreementFleiss(TypedDict):
    value: float | None
    interval: list[float] | None
    images: int
    perClass: list[AgreementFleissPerClassItem]


@final
class AgreementWorstItem(TypedDict):
    imageId: ImageId
    name: str
    score: float
    readers: int
    isAdjudicated: bool


@final
class Agreement(TypedDict):
    measure: AgreementMeasure
    readers: list[Person]
    images: int
    pairs: list[PairAgreement]
    fleiss: AgreementFleiss | None
    worst: list[AgreementWorstItem]


@final
class GoldImage(TypedDict):
    imageId: ImageId
    name: str
    answers: int
    createdAt: Timestamp


GoldScorePerClassItem = TypedDict(
    "GoldScorePerClassItem",
    {
        "class": 'int',
        "value": 'float | None',
        "images": 'int',
    },
)


@final
class GoldScore(TypedDict):
    person: Person
    images: int
    value: float | None
    interval: list[float] | None
    perClass: list[GoldScorePerClassItem]


WebhookEvent: TypeAlias = 'Literal["image.uploaded", "image.prelabelled", "image.prelabel_failed", "image.deleted", "label.submitted", "label.reviewed", "training.ended", "model.promoted", "model.rolled_back", "import.ended", "export.ended", "classes.changed", "project.created", "project.deleted"]'


@final
class WebhookSettings(TypedDict):
    name: str
    url: str
    events: list[WebhookEvent]


WebhookOff: TypeAlias = 'Literal["person", "failing", "gone"]'


@final
class WebhookSecretsItem(TypedDict):
    hint: str
    createdAt: Timestamp
    expiresAt: Timestamp | None


@final
class Webhook(TypedDict):
    id: WebhookId
    projectId: ProjectId | None
    organisationId: OrganisationId | None
    name: str
    url: str
    events: list[WebhookEvent]
    off: WebhookOff | None
    failingSince: Timestamp | None
    secrets: list[WebhookSecretsItem]
    waiting: int
    createdBy: UserId | None
    createdAt: Timestamp


WebhookDeliveryState: TypeAlias = 'Literal["waiting", "delivered", "failed"]'


@final
class WebhookDelivery(TypedDict):
    id: WebhookDeliveryId
    webhookId: WebhookId
    type: str
    state: WebhookDeliveryState
    tries: int
    status: int | None
    createdAt: Timestamp
    nextAt: Timestamp | None


@final
class WebhookTry(TypedDict):
    at: Timestamp
    milliseconds: int
    requestHeaders: dict[str, str]
    status: int | None
    responseHeaders: dict[str, str]
    response: str
    reason: str | None


@final
class WebhookMessageData(TypedDict):
    projectId: str | None
    organisationId: str | None
    by: str | None
    imageId: NotRequired[str]
    revision: NotRequired[int]
    decision: NotRequired[Literal["accepted", "rejected"]]
    runId: NotRequired[str]
    importId: NotRequired[str]
    exportId: NotRequired[str]
    modelVersionId: NotRequired[str]
    classEditId: NotRequired[str]
    state: NotRequired[Literal["succeeded", "failed", "cancelled"]]
    kind: NotRequired[Literal["images", "annotations"]]
    code: NotRequired[str]


@final
class WebhookMessage(TypedDict):
    type: WebhookEvent | Literal["webhook.test"]
    timestamp: Timestamp
    data: WebhookMessageData


@final
class EditCounts(TypedDict):
    kept: int
    changed: int
    relabelled: int
    added: int
    removed: int


@final
class CalibrationBucket(TypedDict):
    count: int
    said: float | None
    right: float | None


@final
class ModelWorth(TypedDict):
    modelVersionId: ModelVersionId
    number: int
    images: int
    unchanged: int
    edits: EditCounts
    editsPerImage: float
    editsFromNothing: float
    seconds: float | None
    calibration: list[CalibrationBucket]
    calibrationError: float | None


InputDriftWindowsItem = TypedDict(
    "InputDriftWindowsItem",
    {
        "from": 'Timestamp',
        "to": 'Timestamp',
        "images": 'int',
        "unlike": 'int',
    },
)


@final
class InputDrift(TypedDict):
    modelVersionId: ModelVersionId
    number: int
    learned: int
    windows: list[InputDriftWindowsItem]


@final
class WorthByHand(TypedDict):
    images: int
    seconds: float | None


@final
class Worth(TypedDict):
    measuredAt: Timestamp
    byHand: WorthByHand
    models: list[ModelWorth]
    drift: InputDrift | None
    left: int


@final
class WorthState(TypedDict):
    isMeasuring: bool
    worth: Worth | None


@final
class ServerEvent1(TypedDict):
    kind: Literal["image"]
    image: Image


@final
class ServerEvent2(TypedDict):
    kind: Literal["image-removed"]
    imageId: ImageId
    projectId: ProjectId


@final
class ServerEvent3(TypedDict):
    kind: Literal["run"]
    run: Run


ServerEvent4 = TypedDict(
    "ServerEvent4",
    {
        "kind": 'Literal["import"]',
        "import": 'Import',
    },
)


@final
class ServerEvent5(TypedDict):
    kind: Literal["model"]
    projectId: ProjectId
    modelVersionId: ModelVersionId


@final
class ServerEvent6(TypedDict):
    kind: Literal["project"]
    projectId: ProjectId


@final
class ServerEvent7(TypedDict):
    kind: Literal["presence"]
    projectId: ProjectId
    imageId: ImageId
    items: list[Presence]


@final
class ServerEvent8(TypedDict):
    kind: Literal["message"]
    messageId: MessageId


@final
class ServerEvent9(TypedDict):
    kind: Literal["discussion"]
    projectId: ProjectId
    imageId: ImageId


@final
class ServerEvent10(TypedDict):
    kind: Literal["notification"]


@final
class ServerEvent11(TypedDict):
    kind: Literal["submitted"]
    projectId: ProjectId
    imageId: ImageId
    revision: int
    author: Person


@final
class ServerEvent12(TypedDict):
    kind: Literal["reading"]
    projectId: ProjectId
    imageId: ImageId
    studyId: StudyId | None


@final
class ServerEvent13(TypedDict):
    kind: Literal["reviewed"]
    projectId: ProjectId
    imageId: ImageId
    imageName: str
    decision: Literal["accepted", "rejected"]
    text: str | None
    reviewer: Person
    annotatedBy: UserId | None


ServerEvent: TypeAlias = 'ServerEvent1 | ServerEvent2 | ServerEvent3 | ServerEvent4 | ServerEvent5 | ServerEvent6 | ServerEvent7 | ServerEvent8 | ServerEvent9 | ServerEvent10 | ServerEvent11 | ServerEvent12 | ServerEvent13'


@final
class ActOnImagesAnswerRefusedItem(TypedDict):
    imageId: ImageId
    error: Problem


@final
class ActOnImagesAnswer(TypedDict):
    done: list[ImageId]
    refused: list[ActOnImagesAnswerRefusedItem]


@final
class AddCommentBody(TypedDict):
    text: str
    place: NotRequired[CommentPlace]
    parentId: NotRequired[CommentId]


@final
class AddEditorBody(TypedDict):
    userId: UserId


@final
class AddEditorAnswer(TypedDict):
    items: list[ImageEditor]


@final
class AddPasskeyBody(TypedDict):
    name: str
    creation: PasskeyCreation


@final
class AddReviewerBody(TypedDict):
    userId: UserId


@final
class AddReviewerAnswer(TypedDict):
    items: list[Reviewer]


@final
class AdjudicateBody(TypedDict):
    label: LabelInput
    note: NotRequired[str]


@final
class AdjudicateAnswer(TypedDict):
    label: LabelFile
    adjudication: Adjudication


@final
class AnnouncePresenceBody(TypedDict):
    tab: str
    activity: Literal["viewing", "editing"]


@final
class AnnouncePresenceAnswer(TypedDict):
    items: list[Presence]


@final
class AnswerJobAnswer(TypedDict):
    state: RemoteJobState


@final
class AnswerPrelabelAnswer(TypedDict):
    state: RemoteJobState


@final
class BeginProviderSignInBody(TypedDict):
    to: NotRequired[str]


@final
class BeginProviderSignInAnswer(TypedDict):
    url: str


@final
class BeginSecondFactorAnswer(TypedDict):
    secret: str
    uri: str


@final
class ChangeAccountBody(TypedDict):
    isFrozen: NotRequired[bool]
    role: NotRequired[Literal["administrator", "user"]]


@final
class ChangeCommentBody(TypedDict):
    isResolved: NotRequired[bool]
    text: NotRequired[str]


@final
class ChangeEmailBody(TypedDict):
    email: str
    password: NotRequired[str]
    passkey: NotRequired[PasskeyAnswer]


@final
class ChangeMemberBody(TypedDict):
    role: OrganisationRole


@final
class ChangePasswordBody(TypedDict):
    current: str
    password: str


@final
class ChangeStudyBody(TypedDict):
    state: Literal["open", "closed"]


@final
class CompareArticleAnswer(TypedDict):
    items: list[ArticleDifference]
    nextCursor: str | None


@final
class CompareModelsBody(TypedDict):
    firstId: ModelVersionId
    secondId: ModelVersionId


@final
class ConfirmEmailBody(TypedDict):
    token: str


@final
class ConfirmSecondFactorBody(TypedDict):
    code: str


@final
class ConfirmSecondFactorAnswer(TypedDict):
    recoveryCodes: list[str]


@final
class CopyImageBody(TypedDict):
    userId: UserId
    projectId: NotRequired[ProjectId]


@final
class CopyImageAnswer(TypedDict):
    id: ImageId


@final
class CopyImportDuplicatesAnswer(TypedDict):
    copied: list[ImageId]
    left: int


@final
class CreateArticleBody(TypedDict):
    title: str
    text: NotRequired[str]
    state: NotRequired[Literal["draft", "published"]]
    visibility: NotRequired[Literal["private", "project", "organisation", "public"]]
    organisationId: NotRequired[OrganisationId | None]
    projectId: NotRequired[ProjectId | None]


@final
class CreateDownloadBody(TypedDict):
    imageIds: list[ImageId]


@final
class CreateDownloadAnswer(TypedDict):
    id: DownloadId


@final
class CreateInvitationBody(TypedDict):
    role: OrganisationRole
    email: NotRequired[str | None]
    expiresInDays: NotRequired[int]


@final
class CreateInvitationAnswer(TypedDict):
    invitation: Invitation
    link: str


@final
class CreateOrganisationBody(TypedDict):
    name: str


@final
class CreateOrganisationWebhookAnswer(TypedDict):
    webhook: Webhook
    secret: str


@final
class CreateOrganisationWorkerTokenBody(TypedDict):
    name: str
    expiresInDays: int | None


@final
class CreateOrganisationWorkerTokenAnswer(TypedDict):
    token: WorkerToken
    secret: str


@final
class CreateProjectBody(TypedDict):
    name: str
    taskType: ImageType
    classes: NotRequired[ClassNames]
    deidentifies: NotRequired[bool]
    organisationId: NotRequired[OrganisationId]


@final
class CreateStudyBody(TypedDict):
    name: str
    isBlind: NotRequired[bool]
    showsGuess: NotRequired[bool]
    readers: list[UserId]
    images: StudyImages


@final
class CreateTokenBody(TypedDict):
    name: str
    scopes: NotRequired[list[TokenScope]]
    expiresInDays: NotRequired[int | None]


@final
class CreateTokenAnswer(TypedDict):
    token: ApiToken
    secret: str


@final
class CreateWebhookAnswer(TypedDict):
    webhook: Webhook
    secret: str


@final
class CreateWorkerTokenBody(TypedDict):
    name: str
    expiresInDays: int | None


@final
class CreateWorkerTokenAnswer(TypedDict):
    token: WorkerToken
    secret: str


@final
class DeleteMeBody(TypedDict):
    password: str | None


@final
class DeleteOrganisationBody(TypedDict):
    projects: Literal["bin", "keep"]


@final
class EditMessageBody(TypedDict):
    text: str


@final
class EndPasskeySignInBody(TypedDict):
    passkey: PasskeyAnswer


@final
class EndPasskeySignInAnswer(TypedDict):
    user: User


@final
class FailJobBody(TypedDict):
    reason: str
    code: NotRequired[str]
    isForOthers: NotRequired[bool]


@final
class FailJobAnswer(TypedDict):
    state: RemoteJobState


@final
class FindPeopleAnswer(TypedDict):
    items: list[Person]


@final
class FinishTrainingAnswer(TypedDict):
    state: RemoteJobState


@final
class ForgotPasswordBody(TypedDict):
    email: str


@final
class GetArticleTextAnswer(TypedDict):
    text: str
    revision: int


@final
class GetGoldScoreAnswer(TypedDict):
    score: GoldScore | None


@final
class GetGuidelineAnswer(TypedDict):
    article: Article | None


@final
class GetJobItemsAnswer(TypedDict):
    items: list[WorkerItem]


@final
class GetModelLabelsAnswer(TypedDict):
    learned: list[LineageLabel]
    heldOut: list[LineageLabel]


@final
class GetRemoteAnswer(TypedDict):
    server: RemoteServer | None


GetUploadAnswer = TypedDict(
    "GetUploadAnswer",
    {
        "items": 'list[UploadItem]',
        "import": 'Import | None',
    },
)


@final
class GetWebhookDeliveryAnswer(TypedDict):
    delivery: WebhookDelivery
    body: str
    attempts: list[WebhookTry]


@final
class InferenceLiveAnswer(TypedDict):
    live: bool


@final
class InferenceModelReadyAnswer(TypedDict):
    name: str
    ready: bool


@final
class InferenceReadyAnswer(TypedDict):
    ready: bool


@final
class InferenceServerAnswer(TypedDict):
    name: str
    version: str
    extensions: list[str]


@final
class InferenceVersionReadyAnswer(TypedDict):
    name: str
    ready: bool


@final
class KeepJobAnswer(TypedDict):
    leaseUntil: Timestamp


@final
class LabelStudioHealthAnswer(TypedDict):
    status: str
    model_class: str


@final
class LabelStudioPredictBodyTasksItem(TypedDict):
    data: dict[str, Any]


@final
class LabelStudioPredictBody(TypedDict):
    tasks: list[LabelStudioPredictBodyTasksItem]
    label_config: NotRequired[str | None]


@final
class LabelStudioPredictAnswerResultsItem(TypedDict):
    result: list[Any]
    score: float
    model_version: str


@final
class LabelStudioPredictAnswer(TypedDict):
    model_version: str
    results: list[LabelStudioPredictAnswerResultsItem]


@final
class LabelStudioSetupBody(TypedDict):
    schema: NotRequired[str | None]
    hostname: NotRequired[str | None]
    access_token: NotRequired[str | None]


@final
class LabelStudioSetupAnswer(TypedDict):
    model_version: str


@final
class LeaseJobBody(TypedDict):
    kinds: list[Literal["prelabel", "training"]]
    name: str


@final
class LeaseJobAnswer(TypedDict):
    job: WorkerJob | None


@final
class LeaveImageBody(TypedDict):
    tab: str


@final
class LinkProviderBody(TypedDict):
    provider: str
    password: NotRequired[str]


@final
class LinkProviderAnswer(TypedDict):
    url: str


@final
class ListAccountsAnswer(TypedDict):
    items: list[Account]
    nextCursor: str | None


@final
class ListAlgorithmVersionsAnswer(TypedDict):
    items: list[AlgorithmVersion]


@final
class ListAnnotationImportsAnswer(TypedDict):
    items: list[AnnotationImport]


@final
class ListAnnouncementsAnswer(TypedDict):
    items: list[Announcement]


@final
class ListArticleBlocksAnswer(TypedDict):
    items: list[ArticleBlock]
    nextCursor: str | None
    hasBefore: bool
    revision: int


@final
class ListArticleDiscussionsAnswer(TypedDict):
    items: list[Discussion]


@final
class ListArticleHeadingsAnswer(TypedDict):
    items: list[ArticleHeading]


@final
class ListArticleRevisionsAnswer(TypedDict):
    items: list[ArticleRevision]
    nextCursor: str | None


@final
class ListArticlesAnswer(TypedDict):
    items: list[FoundArticle]
    nextCursor: str | None


@final
class ListAuditAnswer(TypedDict):
    items: list[AuditEvent]
    nextCursor: str | None


@final
class ListClassEditsAnswer(TypedDict):
    items: list[ClassEdit]
    past: list[PastClasses]


@final
class ListCommentsAnswer(TypedDict):
    items: list[ReviewComment]


@final
class ListConversationsAnswer(TypedDict):
    items: list[Conversation]
    nextCursor: str | None


@final
class ListCurrentAnnouncementsAnswer(TypedDict):
    items: list[Announcement]


@final
class ListDeletedProjectsAnswer(TypedDict):
    items: list[Project]


@final
class ListDeliveriesAnswer(TypedDict):
    items: list[RemoteDelivery]
    waiting: int


@final
class ListDicomPushesAnswer(TypedDict):
    items: list[DicomPush]


@final
class ListDicomSeriesAnswer(TypedDict):
    items: list[DicomSeries]


@final
class ListDicomSourcesAnswer(TypedDict):
    items: list[DicomSource]


@final
class ListDiscussionsAnswer(TypedDict):
    items: list[Discussion]


@final
class ListEditorsAnswer(TypedDict):
    items: list[ImageEditor]


@final
class ListExportsAnswer(TypedDict):
    items: list[Export]


@final
class ListGoldAnswer(TypedDict):
    items: list[GoldImage]
    scores: list[GoldScore]


@final
class ListImagesAnswer(TypedDict):
    items: list[Image]
    nextCursor: str | None


@final
class ListImportFoldersAnswerFoldersItem(TypedDict):
    name: str
    path: str


@final
class ListImportFoldersAnswer(TypedDict):
    folders: list[ListImportFoldersAnswerFoldersItem]
    files: int


@final
class ListImportItemsAnswer(TypedDict):
    items: list[ImportItem]
    nextCursor: str | None


@final
class ListImportsAnswer(TypedDict):
    items: list[Import]


@final
class ListInvitationsAnswer(TypedDict):
    items: list[Invitation]


@final
class ListLabelRevisionsAnswer(TypedDict):
    items: list[LabelRevision]


@final
class ListLinkedProvidersAnswer(TypedDict):
    items: list[LinkedProvider]


@final
class ListMailsAnswer(TypedDict):
    items: list[Mail]


@final
class ListMembersAnswer(TypedDict):
    items: list[Member]


@final
class ListMessageEditsAnswer(TypedDict):
    items: list[MessageEdit]


@final
class ListModelsAnswer(TypedDict):
    items: list[ModelVersion]


@final
class ListNotificationsAnswer(TypedDict):
    items: list[Notification]
    nextCursor: str | None


@final
class ListOrganisationAuditAnswer(TypedDict):
    items: list[AuditEvent]
    nextCursor: str | None


@final
class ListOrganisationWebhooksAnswer(TypedDict):
    items: list[Webhook]


@final
class ListOrganisationWorkerTokensAnswer(TypedDict):
    items: list[WorkerToken]


@final
class ListOrganisationsAnswer(TypedDict):
    items: list[Organisation]


@final
class ListOrganisationsOfAllAnswerItemsItem(TypedDict):
    organisation: Organisation
    usage: Usage


@final
class ListOrganisationsOfAllAnswer(TypedDict):
    items: list[ListOrganisationsOfAllAnswerItemsItem]


@final
class ListOwnArchivesAnswer(TypedDict):
    items: list[OwnArchive]


@final
class ListPasskeysAnswer(TypedDict):
    items: list[Passkey]
    isAvailable: bool


@final
class ListPredictionsAnswer(TypedDict):
    items: list[Prediction]


@final
class ListProjectAuditAnswer(TypedDict):
    items: list[AuditEvent]
    nextCursor: str | None


@final
class ListProjectsAnswer(TypedDict):
    items: list[Project]


@final
class ListProvidersAnswer(TypedDict):
    items: list[Provider]


@final
class ListReadingsAnswer(TypedDict):
    image: Image
    items: list[Reading]
    adjudication: Adjudication | None


@final
class ListReviewersAnswer(TypedDict):
    items: list[Reviewer]


@final
class ListReviewsAnswer(TypedDict):
    items: list[Review]


@final
class ListRunsAnswer(TypedDict):
    items: list[Run]


@final
class ListSavedFiltersAnswer(TypedDict):
    items: list[SavedFilter]


@final
class ListServingsAnswer(TypedDict):
    items: list[Serving]
    rollbackTo: ModelVersionId | None


@final
class ListSessionsAnswer(TypedDict):
    items: list[Session]


@final
class ListSettingsAnswer(TypedDict):
    items: list[ShownSetting]


@final
class ListStudiesAnswer(TypedDict):
    items: list[Study]


@final
class ListTaskTypesAnswer(TypedDict):
    items: list[TaskType]


@final
class ListTokensAnswer(TypedDict):
    items: list[ApiToken]


@final
class ListWebhookDeliveriesAnswer(TypedDict):
    items: list[WebhookDelivery]
    nextCursor: str | None


@final
class ListWebhooksAnswer(TypedDict):
    items: list[Webhook]


@final
class ListWorkerTokensAnswer(TypedDict):
    items: list[WorkerToken]


@final
class LoginBody(TypedDict):
    login: str
    password: str
    code: NotRequired[str]


@final
class LoginAnswer(TypedDict):
    user: User


@final
class MarkNotificationsSeenBody(TypedDict):
    ids: NotRequired[list[NotificationId]]


@final
class MuteThreadBody(TypedDict):
    isMuted: bool


@final
class PostMessageBody(TypedDict):
    to: NotRequired[MessageTarget]
    quotes: NotRequired[list[MessageId]]
    text: str
    images: NotRequired[list[ImageId]]


@final
class PrelabelProjectAnswer(TypedDict):
    queued: int


@final
class PutAccountQuotaBody(TypedDict):
    storageBytes: int | Literal["default"] | None
    activeRuns: int | Literal["default"] | None


@final
class PutArticleBlockBody(TypedDict):
    text: str


@final
class PutArticleBlockAnswer(TypedDict):
    article: Article
    items: list[ArticleBlock]


@final
class PutArticleTextBody(TypedDict):
    text: str


@final
class PutDefaultQuotasBodyPerson(TypedDict):
    storageBytes: int | None
    activeRuns: int | None


@final
class PutDefaultQuotasBodyOrganisation(TypedDict):
    storageBytes: int | None
    activeRuns: int | None


@final
class PutDefaultQuotasBody(TypedDict):
    person: PutDefaultQuotasBodyPerson
    organisation: PutDefaultQuotasBodyOrganisation


@final
class PutGuidelineBody(TypedDict):
    articleId: ArticleId | None


@final
class PutGuidelineAnswer(TypedDict):
    article: Article | None


@final
class PutJobModelAnswer(TypedDict):
    byteSize: int


@final
class PutOrganisationSecondFactorBody(TypedDict):
    graceDays: int | None


@final
class PutQuotaBody(TypedDict):
    storageBytes: int | Literal["default"] | None
    activeRuns: int | Literal["default"] | None


@final
class PutRemoteBodyTensors(TypedDict):
    scale: NotRequired[Literal["raw", "unit", "imagenet"]]
    boxes: NotRequired[Literal["xywh", "xyxy"]]
    boxUnit: NotRequired[Literal["image", "tensor", "share"]]
    threshold: NotRequired[float]


@final
class PutRemoteBody(TypedDict):
    kind: RemoteKind
    url: NotRequired[str | None]
    model: NotRequired[str | None]
    sends: NotRequired[Literal["address", "bytes"]]
    picture: NotRequired[Literal["original", "png"]]
    answerWithinMinutes: NotRequired[int]
    fallsBack: NotRequired[bool]
    tensors: NotRequired[PutRemoteBodyTensors]
    bearer: NotRequired[str | None]


@final
class PutSecondFactorRuleBody(TypedDict):
    graceDays: int | None


@final
class ReadInvitationAnswer(TypedDict):
    organisation: str
    role: OrganisationRole
    invitedBy: str
    isForOneAddress: bool


@final
class RegisterBody(TypedDict):
    username: str
    email: str
    password: str


@final
class RegisterAnswer(TypedDict):
    user: User
    needsConfirmation: bool


@final
class RemoveEditorBody(TypedDict):
    userId: UserId


@final
class RemoveEditorAnswer(TypedDict):
    items: list[ImageEditor]


@final
class RemoveReviewerBody(TypedDict):
    userId: UserId


@final
class RemoveReviewerAnswer(TypedDict):
    items: list[Reviewer]


@final
class RenamePasskeyBody(TypedDict):
    name: str
    password: NotRequired[str]
    passkey: NotRequired[PasskeyAnswer]


@final
class ResetPasswordBody(TypedDict):
    token: str
    password: str


@final
class ReviewImageBodyComment(TypedDict):
    text: str
    place: NotRequired[CommentPlace]


@final
class ReviewImageBody(TypedDict):
    decision: Literal["accepted", "rejected"]
    comment: NotRequired[ReviewImageBodyComment]


@final
class ReviewImageAnswer(TypedDict):
    review: Review
    image: Image


@final
class RotateRemoteSecretAnswer(TypedDict):
    secret: str
    server: RemoteServer


@final
class RotateWebhookSecretAnswer(TypedDict):
    webhook: Webhook
    secret: str


@final
class SaveFilterBody(TypedDict):
    name: str
    query: str


@final
class SearchDicomStudiesAnswer(TypedDict):
    items: list[DicomStudy]
    hasMore: bool


@final
class SearchMessagesAnswer(TypedDict):
    items: list[Message]
    nextCursor: str | None


@final
class SetupStateAnswer(TypedDict):
    hasAccounts: bool
    offersPasskeys: bool
    version: str


@final
class SkipImageBody(TypedDict):
    reason: Literal["unsure", "quality", "unfit", "expert", "other"]
    note: NotRequired[str]


@final
class StartRunBody(TypedDict):
    budgetMinutes: NotRequired[float]
    scope: NotRequired[TrainingScope]
    without: NotRequired[Without]


@final
class TestWebhookAnswer(TypedDict):
    delivery: WebhookDelivery
    attempt: WebhookTry


@final
class TransferProjectBody1(TypedDict):
    organisationId: OrganisationId


@final
class TransferProjectBody2(TypedDict):
    userId: UserId


@final
class TryRemoteBody(TypedDict):
    imageId: NotRequired[ImageId]


@final
class UnlinkProviderBody(TypedDict):
    provider: str


@final
class UpdateArticleBody(TypedDict):
    title: NotRequired[str]
    state: NotRequired[Literal["draft", "published"]]
    visibility: NotRequired[Literal["private", "project", "organisation", "public"]]
    organisationId: NotRequired[OrganisationId | None]
    projectId: NotRequired[ProjectId | None]


@final
class UpdateImageBody(TypedDict):
    name: str


@final
class UpdateOrganisationBody(TypedDict):
    name: str


@final
class UpdateProjectBody(TypedDict):
    name: NotRequired[str]
    classes: NotRequired[ClassNames]
    deidentifies: NotRequired[bool]
    duplicates: NotRequired[DuplicateChoice]


@final
class UpdateWebhookBody(TypedDict):
    name: NotRequired[str]
    url: NotRequired[str]
    events: NotRequired[list[WebhookEvent]]
    isOn: NotRequired[bool]


@final
class UploadImagesAnswer(TypedDict):
    items: list[UploadItem]


@final
class UploadImagesAnswer2(TypedDict):
    items: list[UploadItem]
    importId: ImportId
    imports: list[Import]
