// Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.

import type { Content, Sender, Tagged, Upload } from '../http.ts'
import type * as types from './types.ts'

/** Every operation of the API by its name. */
export class Operations {
  readonly #send: Sender

  constructor(send: Sender) {
    this.#send = send
  }

  /** Become a member. */
  acceptInvitation(input: { invitationToken: string }): Promise<types.Organisation> {
    return this.#send({ method: 'POST', path: '/api/v1/invitations/{invitationToken}/accept', answers: 'json' }, input)
  }

  /** Do the same to many images of a project. Each is done or refused by itself, with the reason. */
  actOnImages(input: { projectId: types.ProjectId; body: types.ImageAction }): Promise<{ done: Array<types.ImageId>; refused: Array<{ imageId: types.ImageId; error: types.Problem }> }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/images/actions', answers: 'json', sends: 'json' }, input)
  }

  /** Remark something about an image, pinned to a place or not, or reply to a remark. */
  addComment(input: { imageId: types.ImageId; body: { text: string; place?: types.CommentPlace; parentId?: types.CommentId } }): Promise<types.ReviewComment> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/comments', answers: 'json', sends: 'json' }, input)
  }

  /** Share an image: the person may see and label it. No second file is made. */
  addEditor(input: { imageId: types.ImageId; body: { userId: types.UserId } }): Promise<{ items: Array<types.ImageEditor> }> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/editors', answers: 'json', sends: 'json' }, input)
  }

  /** Keep a passkey that the browser made. */
  addPasskey(input: { body: { name: string; creation: types.PasskeyCreation } }): Promise<types.Passkey> {
    return this.#send({ method: 'POST', path: '/api/v1/me/passkeys', answers: 'json', sends: 'json' }, input)
  }

  /** Let a person see all images of the project and decide on their labels. */
  addReviewer(input: { projectId: types.ProjectId; body: { userId: types.UserId } }): Promise<{ items: Array<types.Reviewer> }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/reviewers', answers: 'json', sends: 'json' }, input)
  }

  /** Make the label of what the readers said: one of theirs, a merge, or another. `If-Match` as when it is submitted. */
  adjudicate(input: { studyId: types.StudyId; imageId: types.ImageId; body: { label: types.LabelInput; note?: string }; ifMatch?: string }): Promise<{ label: types.LabelFile; adjudication: types.Adjudication }> {
    return this.#send({ method: 'PUT', path: '/api/v1/studies/{studyId}/images/{imageId}/adjudication', answers: 'json', sends: 'json' }, input)
  }

  /** Say that one has this image open, again every ten seconds; answers who else has. */
  announcePresence(input: { imageId: types.ImageId; body: { tab: string; activity: "viewing" | "editing" } }): Promise<{ items: Array<types.Presence> }> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/presence', answers: 'json', sends: 'json' }, input)
  }

  /** What the model says of the image. */
  answerJob(input: { remoteJobId: types.RemoteJobId; lease: string; body: types.RemoteAnswer }): Promise<{ state: types.RemoteJobState }> {
    return this.#send({ method: 'POST', path: '/api/v1/worker/jobs/{remoteJobId}/answer', answers: 'json', query: ['lease'], sends: 'json' }, input)
  }

  /** A remote server answers: signed by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). */
  answerPrelabel(input: { remoteJobId: types.RemoteJobId; body: types.CallbackMessage }): Promise<{ state: types.RemoteJobState }> {
    return this.#send({ method: 'POST', path: '/api/v1/callbacks/prelabel/{remoteJobId}', answers: 'json', sends: 'json' }, input)
  }

  /** Write the labels, in the background. */
  applyAnnotationImport(input: { importId: types.AnnotationImportId; body: types.ImportChoices }): Promise<types.AnnotationImport> {
    return this.#send({ method: 'POST', path: '/api/v1/annotation-imports/{importId}/apply', answers: 'json', sends: 'json' }, input)
  }

  /** Ask the project's serving model about a region of an image. Nothing is stored. */
  assist(input: { imageId: types.ImageId; body: types.AssistQuestion }): Promise<types.AssistAnswer> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/assist', answers: 'json', sends: 'json' }, input)
  }

  /** What a browser needs to make a passkey: one use, ten minutes, this session. */
  beginPasskey(input: { body: types.Proof }): Promise<types.PasskeyCreationOptions> {
    return this.#send({ method: 'POST', path: '/api/v1/me/passkeys/options', answers: 'json', sends: 'json' }, input)
  }

  /** What a browser needs to sign in with a passkey: one use, ten minutes, this browser. */
  beginPasskeySignIn(): Promise<types.PasskeyRequestOptions> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/passkey/options', answers: 'json' }, {})
  }

  /** What a browser needs to prove by one of the caller's passkeys that it is them: one use, ten minutes, this session. */
  beginProof(): Promise<types.PasskeyRequestOptions> {
    return this.#send({ method: 'POST', path: '/api/v1/me/proof/options', answers: 'json' }, {})
  }

  /** Begin to sign in through a service: the address to send the browser to, and a cookie that binds it. */
  beginProviderSignIn(input: { provider: string; body: { to?: string } }): Promise<{ url: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/providers/{provider}', answers: 'json', sends: 'json' }, input)
  }

  /** Make a secret for an authenticator app (TOTP). It counts once a code of it was entered. */
  beginSecondFactor(input: { body: types.Proof }): Promise<{ secret: string; uri: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/me/second-factor', answers: 'json', sends: 'json' }, input)
  }

  /** Stop sending. What the server has taken stays there. */
  cancelDicomPush(input: { dicomPushId: types.DicomPushId }): Promise<types.DicomPush> {
    return this.#send({ method: 'DELETE', path: '/api/v1/dicom-pushes/{dicomPushId}', answers: 'json' }, input)
  }

  /** Stop an import. Images it made already stay. */
  cancelImport(input: { importId: types.ImportId }): Promise<types.Import> {
    return this.#send({ method: 'DELETE', path: '/api/v1/imports/{importId}', answers: 'json' }, input)
  }

  /** Cancel a run that has not ended. */
  cancelRun(input: { runId: types.RunId }): Promise<types.Run> {
    return this.#send({ method: 'DELETE', path: '/api/v1/runs/{runId}', answers: 'json' }, input)
  }

  /** Freeze or unfreeze an account, or change its role; never one's own. Freezing ends its sessions. */
  changeAccount(input: { userId: types.UserId; body: { isFrozen?: boolean; role?: "administrator" | "user" } }): Promise<types.Account> {
    return this.#send({ method: 'PATCH', path: '/api/v1/administration/accounts/{userId}', answers: 'json', sends: 'json' }, input)
  }

  /** Change an announcement. */
  changeAnnouncement(input: { announcementId: types.AnnouncementId; body: types.AnnouncementInput }): Promise<types.Announcement> {
    return this.#send({ method: 'PUT', path: '/api/v1/administration/announcements/{announcementId}', answers: 'json', sends: 'json' }, input)
  }

  /** Resolve a thread or open it again; its author may also change the words. */
  changeComment(input: { commentId: types.CommentId; body: { isResolved?: boolean; text?: string } }): Promise<types.ReviewComment> {
    return this.#send({ method: 'PATCH', path: '/api/v1/comments/{commentId}', answers: 'json', sends: 'json' }, input)
  }

  /** Change a DICOMweb server of a project. A new address needs its secret again. */
  changeDicomSource(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId; body: types.DicomSourceSettings }): Promise<types.DicomSource> {
    return this.#send({ method: 'PUT', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}', answers: 'json', sends: 'json' }, input)
  }

  /** Ask for another mail address; it counts once the link sent there was opened. */
  changeEmail(input: { body: { email: string; password?: string; passkey?: types.PasskeyAnswer } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/me/email', answers: 'none', sends: 'json' }, input)
  }

  /** Change a member's role. Only owners make owners; one owner stays. */
  changeMember(input: { organisationId: types.OrganisationId; userId: types.UserId; body: { role: types.OrganisationRole } }): Promise<types.Member> {
    return this.#send({ method: 'PATCH', path: '/api/v1/organisations/{organisationId}/members/{userId}', answers: 'json', sends: 'json' }, input)
  }

  /** Change the password. Ends all other sessions. */
  changePassword(input: { body: { current: string; password: string } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/me/password', answers: 'none', sends: 'json' }, input)
  }

  /** Change a DICOMweb server of the installation. A new address needs its secret again. */
  changeSharedDicomSource(input: { sharedSourceId: types.DicomSourceId; body: types.DicomSourceSettings }): Promise<types.DicomSource> {
    return this.#send({ method: 'PUT', path: '/api/v1/dicom-sources/{sharedSourceId}', answers: 'json', sends: 'json' }, input)
  }

  /** Close a study, or open it again. */
  changeStudy(input: { studyId: types.StudyId; body: { state: "open" | "closed" } }): Promise<types.Study> {
    return this.#send({ method: 'PATCH', path: '/api/v1/studies/{studyId}', answers: 'json', sends: 'json' }, input)
  }

  /** What changed between two revisions, by blocks. */
  compareArticle(input: { articleId: types.ArticleId; from: number; to: number; cursor?: string }): Promise<{ items: Array<types.ArticleDifference>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/comparison', answers: 'json', query: ['from', 'to', 'cursor'] }, input)
  }

  /** Measure two versions on the same held-out images. */
  compareModels(input: { projectId: types.ProjectId; body: { firstId: types.ModelVersionId; secondId: types.ModelVersionId } }): Promise<types.Comparison> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/comparisons', answers: 'json', sends: 'json' }, input)
  }

  /** Take over the mail address that a link was sent to. */
  confirmEmail(input: { body: { token: string } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/email/confirm', answers: 'none', sends: 'json' }, input)
  }

  /** Ask for a code at each sign-in from now on. The recovery codes are shown this once. */
  confirmSecondFactor(input: { body: { code: string } }): Promise<{ recoveryCodes: Array<string> }> {
    return this.#send({ method: 'POST', path: '/api/v1/me/second-factor/confirm', answers: 'json', sends: 'json' }, input)
  }

  /** Give a copy: a new image of the same file with a label of its own, in the receiver's project of the same classes. */
  copyImage(input: { imageId: types.ImageId; body: { userId: types.UserId; projectId?: types.ProjectId } }): Promise<{ id: types.ImageId }> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/copies', answers: 'json', sends: 'json' }, input)
  }

  /** Add what an import left out as a duplicate: each as an image of the file that is there already. */
  copyImportDuplicates(input: { importId: types.ImportId }): Promise<{ copied: Array<types.ImageId>; left: number }> {
    return this.#send({ method: 'POST', path: '/api/v1/imports/{importId}/copies', answers: 'json' }, input)
  }

  /** How much the caller has not seen. */
  countNews(): Promise<types.NewsCount> {
    return this.#send({ method: 'GET', path: '/api/v1/notifications/count', answers: 'json' }, {})
  }

  /** Send annotations for images that are there already, found by their names (DICOM: by their UIDs). Zip archives are opened. Nothing changes before it is applied. */
  createAnnotationImport(input: { projectId: types.ProjectId; format?: types.FormatName; content?: types.MarkOrigin; body: Upload[] }): Promise<types.AnnotationImport> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/annotation-imports', answers: 'json', query: ['format', 'content'], sends: 'form' }, input)
  }

  /** Announce something to everybody who is signed in. */
  createAnnouncement(input: { body: types.AnnouncementInput }): Promise<types.Announcement> {
    return this.#send({ method: 'POST', path: '/api/v1/administration/announcements', answers: 'json', sends: 'json' }, input)
  }

  /** Begin an article. One of an organisation or project needs the right to annotate there. */
  createArticle(input: { body: { title: string; text?: string; state?: "draft" | "published"; visibility?: "private" | "project" | "organisation" | "public"; organisationId?: types.OrganisationId | null; projectId?: types.ProjectId | null } }): Promise<types.Article> {
    return this.#send({ method: 'POST', path: '/api/v1/articles', answers: 'json', sends: 'json' }, input)
  }

  /** Add a DICOMweb server to a project. */
  createDicomSource(input: { projectId: types.ProjectId; body: types.DicomSourceSettings }): Promise<types.DicomSource> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/dicom-sources', answers: 'json', sends: 'json' }, input)
  }

  /** Prepare a zip of images and their label files; it can be fetched for an hour. */
  createDownload(input: { projectId: types.ProjectId; body: { imageIds: Array<types.ImageId> } }): Promise<{ id: types.DownloadId }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/downloads', answers: 'json', sends: 'json' }, input)
  }

  /** Write annotations, or guesses, of the images a filter finds into a zip archive, in the background. */
  createExport(input: { projectId: types.ProjectId; body: types.ExportRequest }): Promise<types.Export> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/exports', answers: 'json', sends: 'json' }, input)
  }

  /** Make images of many files in the background: sent as a form (up to 20,000, archives among them), or named as JSON. */
  createImport(input: { projectId: types.ProjectId; duplicates?: types.DuplicateChoice; body: Upload[] }): Promise<types.Import> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/imports', answers: 'json', query: ['duplicates'], sends: 'form' }, input)
  }

  /** Invite by mail, or by a link to pass on. One use. The link is shown this once. */
  createInvitation(input: { organisationId: types.OrganisationId; body: { role: types.OrganisationRole; email?: string | null; expiresInDays?: number } }): Promise<{ invitation: types.Invitation; link: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/organisations/{organisationId}/invitations', answers: 'json', sends: 'json' }, input)
  }

  /** Found an organisation; the caller is its owner. */
  createOrganisation(input: { body: { name: string } }): Promise<types.Organisation> {
    return this.#send({ method: 'POST', path: '/api/v1/organisations', answers: 'json', sends: 'json' }, input)
  }

  /** The same for all projects of an organisation. */
  createOrganisationWebhook(input: { organisationId: types.OrganisationId; body: types.WebhookSettings }): Promise<{ webhook: types.Webhook; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/organisations/{organisationId}/webhooks', answers: 'json', sends: 'json' }, input)
  }

  /** Make a token by which a worker comes for the jobs of every project of an organisation. */
  createOrganisationWorkerToken(input: { organisationId: types.OrganisationId; body: { name: string; expiresInDays: number | null } }): Promise<{ token: types.WorkerToken; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/organisations/{organisationId}/worker-tokens', answers: 'json', sends: 'json' }, input)
  }

  /** Begin to gather all that is the caller’s in one zip, in the background. */
  createOwnArchive(): Promise<types.OwnArchive> {
    return this.#send({ method: 'POST', path: '/api/v1/me/archives', answers: 'json' }, {})
  }

  /** Make a project. Without classes it gets its task type's usual ones. */
  createProject(input: { body: { name: string; taskType: types.ImageType; classes?: types.ClassNames; deidentifies?: boolean; organisationId?: types.OrganisationId } }): Promise<types.Project> {
    return this.#send({ method: 'POST', path: '/api/v1/projects', answers: 'json', sends: 'json' }, input)
  }

  /** Add a DICOMweb server that everybody may use who manages a project. */
  createSharedDicomSource(input: { body: types.DicomSourceSettings }): Promise<types.DicomSource> {
    return this.#send({ method: 'POST', path: '/api/v1/dicom-sources', answers: 'json', sends: 'json' }, input)
  }

  /** Let several people read images, blind or not. Each reading is a label set of its own. */
  createStudy(input: { projectId: types.ProjectId; body: { name: string; isBlind?: boolean; showsGuess?: boolean; readers: Array<types.UserId>; images: types.StudyImages } }): Promise<types.Study> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/studies', answers: 'json', sends: 'json' }, input)
  }

  /** Make an API token for scripts. The secret is shown this once. */
  createToken(input: { body: { name: string; scopes?: Array<types.TokenScope>; expiresInDays?: number | null } }): Promise<{ token: types.ApiToken; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/tokens', answers: 'json', sends: 'json' }, input)
  }

  /** Tell an address, signed by Standard Webhooks, when something happens in a project. Its secret is shown this once. */
  createWebhook(input: { projectId: types.ProjectId; body: types.WebhookSettings }): Promise<{ webhook: types.Webhook; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/webhooks', answers: 'json', sends: 'json' }, input)
  }

  /** Make a token by which a worker comes for the jobs of this project. Its secret is shown this once. */
  createWorkerToken(input: { projectId: types.ProjectId; body: { name: string; expiresInDays: number | null } }): Promise<{ token: types.WorkerToken; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/worker-tokens', answers: 'json', sends: 'json' }, input)
  }

  /** Forget an import and its files. What it has written stays. */
  deleteAnnotationImport(input: { importId: types.AnnotationImportId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/annotation-imports/{importId}', answers: 'none' }, input)
  }

  /** Take an announcement back. */
  deleteAnnouncement(input: { announcementId: types.AnnouncementId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/administration/announcements/{announcementId}', answers: 'none' }, input)
  }

  /** Put an article in the bin. */
  deleteArticle(input: { articleId: types.ArticleId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/articles/{articleId}', answers: 'none' }, input)
  }

  /** Remove one's own remark and the replies to it. */
  deleteComment(input: { commentId: types.CommentId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/comments/{commentId}', answers: 'none' }, input)
  }

  /** Forget a DICOMweb server of a project, with its secret. */
  deleteDicomSource(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}', answers: 'none' }, input)
  }

  /** Stop an export, or remove its file. */
  deleteExport(input: { exportId: types.ExportId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/exports/{exportId}', answers: 'none' }, input)
  }

  /** Put an image in the bin. */
  deleteImage(input: { imageId: types.ImageId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}', answers: 'none' }, input)
  }

  /** Take an invitation back. */
  deleteInvitation(input: { organisationId: types.OrganisationId; invitationId: types.InvitationId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/organisations/{organisationId}/invitations/{invitationId}', answers: 'none' }, input)
  }

  /** Delete the caller's account: their own projects are removed for good, what they did in others' stays without their name. */
  deleteMe(input: { body: { password: string | null } }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/me', answers: 'none', sends: 'json' }, input)
  }

  /** Erase the words of one's own message, earlier ones too; that there was one stays to be seen. */
  deleteMessage(input: { messageId: types.MessageId }): Promise<types.Message> {
    return this.#send({ method: 'DELETE', path: '/api/v1/messages/{messageId}', answers: 'json' }, input)
  }

  /** Remove a version with its file and guesses for good. The one in service stays. */
  deleteModel(input: { modelVersionId: types.ModelVersionId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/models/{modelVersionId}', answers: 'none' }, input)
  }

  /** End an organisation. `bin`: its projects go to the bin of the caller, who can restore them for a while; `keep`: they become projects of the caller. */
  deleteOrganisation(input: { organisationId: types.OrganisationId; body: { projects: "bin" | "keep" } }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/organisations/{organisationId}', answers: 'none', sends: 'json' }, input)
  }

  /** Revoke a token of a worker of an organisation. */
  deleteOrganisationWorkerToken(input: { organisationId: types.OrganisationId; organisationTokenId: types.WorkerTokenId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/organisations/{organisationId}/worker-tokens/{organisationTokenId}', answers: 'none' }, input)
  }

  /** Put a project and its images in the bin. */
  deleteProject(input: { projectId: types.ProjectId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/projects/{projectId}', answers: 'none' }, input)
  }

  /** Forget a saved filter. */
  deleteSavedFilter(input: { projectId: types.ProjectId; filterId: types.SavedFilterId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/projects/{projectId}/filters/{filterId}', answers: 'none' }, input)
  }

  /** Forget a DICOMweb server of the installation, with its secret. */
  deleteSharedDicomSource(input: { sharedSourceId: types.DicomSourceId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/dicom-sources/{sharedSourceId}', answers: 'none' }, input)
  }

  /** Remove a study with all readings. Labels stay as they are. */
  deleteStudy(input: { studyId: types.StudyId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/studies/{studyId}', answers: 'none' }, input)
  }

  /** Revoke an API token. */
  deleteToken(input: { tokenId: types.TokenId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/tokens/{tokenId}', answers: 'none' }, input)
  }

  /** Remove a webhook and its log. */
  deleteWebhook(input: { webhookId: types.WebhookId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/webhooks/{webhookId}', answers: 'none' }, input)
  }

  /** Revoke a token of a worker: what it works on goes to another. */
  deleteWorkerToken(input: { projectId: types.ProjectId; workerTokenId: types.WorkerTokenId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/projects/{projectId}/worker-tokens/{workerTokenId}', answers: 'none' }, input)
  }

  /** Change the words of one's own message; the earlier ones stay to be read. */
  editMessage(input: { messageId: types.MessageId; body: { text: string } }): Promise<types.Message> {
    return this.#send({ method: 'PATCH', path: '/api/v1/messages/{messageId}', answers: 'json', sends: 'json' }, input)
  }

  /** Sign somebody out everywhere. API tokens stay. */
  endAccountSessions(input: { userId: types.UserId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/administration/accounts/{userId}/sessions', answers: 'none' }, input)
  }

  /** The image is an ordinary one again. Answers given to it are kept. */
  endGold(input: { imageId: types.ImageId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}/gold', answers: 'none' }, input)
  }

  /** End all of the caller's sessions but this one. */
  endOtherSessions(): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/me/sessions/end-others', answers: 'none' }, {})
  }

  /** Sign in with a passkey; sets the session cookie. It stands for password and second factor. */
  endPasskeySignIn(input: { body: { passkey: types.PasskeyAnswer } }): Promise<{ user: types.User }> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/passkey', answers: 'json', sends: 'json' }, input)
  }

  /** Where a service sends the browser back to; answers with a redirect into the application. */
  endProviderSignIn(input: { provider: string; state?: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/auth/providers/{provider}/callback', answers: 'content', query: ['state'] }, input)
  }

  /** Ask for no more codes. */
  endSecondFactor(input: { body: types.Proof }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/me/second-factor', answers: 'none', sends: 'json' }, input)
  }

  /** End one of the caller's sessions. */
  endSession(input: { sessionId: types.SessionId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/me/sessions/{sessionId}', answers: 'none' }, input)
  }

  /** Server-sent events: changes the caller may see (see `ServerEvent`). */
  events(): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/events', answers: 'content' }, {})
  }

  /** Recorded changes, oldest first, one JSON a line: as `AuditEvent`, or as FHIR R5 AuditEvent resources. */
  exportAudit(input: { actorId?: types.UserId; action?: "create" | "change" | "delete"; subject?: string; subjectId?: string; from?: types.Timestamp; to?: types.Timestamp; format?: "jsonl" | "fhir" } = {}): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/audit/export', answers: 'content', query: ['actorId', 'action', 'subject', 'subjectId', 'from', 'to', 'format'] }, input)
  }

  /** It cannot be done, and why. */
  failJob(input: { remoteJobId: types.RemoteJobId; lease: string; body: { reason: string; code?: string; isForOthers?: boolean } }): Promise<{ state: types.RemoteJobState }> {
    return this.#send({ method: 'POST', path: '/api/v1/worker/jobs/{remoteJobId}/failure', answers: 'json', query: ['lease'], sends: 'json' }, input)
  }

  /** People of this installation whose user name begins like this, without the caller. */
  findPeople(input: { name: string }): Promise<{ items: Array<types.Person> }> {
    return this.#send({ method: 'GET', path: '/api/v1/users', answers: 'json', query: ['name'] }, input)
  }

  /** End one's own reading: it is final, and a blind reader sees the other labels from now on. */
  finishStudy(input: { studyId: types.StudyId }): Promise<types.Study> {
    return this.#send({ method: 'POST', path: '/api/v1/studies/{studyId}/finish', answers: 'json' }, input)
  }

  /** The training is done and its model has arrived. The gate looks at it as at every other. */
  finishTraining(input: { remoteJobId: types.RemoteJobId; lease: string; body: types.WorkerOutcome }): Promise<{ state: types.RemoteJobState }> {
    return this.#send({ method: 'POST', path: '/api/v1/worker/jobs/{remoteJobId}/outcome', answers: 'json', query: ['lease'], sends: 'json' }, input)
  }

  /** Ask for a mail with a link to a new password. The answer is the same whether there is such an account. */
  forgotPassword(input: { body: { email: string } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/password/forgot', answers: 'none', sends: 'json' }, input)
  }

  /** Freeze an article: nothing changes it until it is unfrozen. */
  freezeArticle(input: { articleId: types.ArticleId }): Promise<types.Article> {
    return this.#send({ method: 'POST', path: '/api/v1/articles/{articleId}/freeze', answers: 'json' }, input)
  }

  /** Nothing changes a frozen image or its label until it is unfrozen. */
  freezeImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/freeze', answers: 'json' }, input)
  }

  /** How far the readers agree: Cohen's and Fleiss' kappa, Dice, or F1 of matched marks, with intervals. */
  getAgreement(input: { studyId: types.StudyId }): Promise<types.Agreement> {
    return this.#send({ method: 'GET', path: '/api/v1/studies/{studyId}/agreement', answers: 'json' }, input)
  }

  /** How the project's model learns. */
  getAlgorithm(input: { projectId: types.ProjectId }): Promise<types.Algorithm> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/algorithm', answers: 'json' }, input)
  }

  /** How far an import is, what it would do or has done. */
  getAnnotationImport(input: { importId: types.AnnotationImportId }): Promise<types.AnnotationImport> {
    return this.#send({ method: 'GET', path: '/api/v1/annotation-imports/{importId}', answers: 'json' }, input)
  }

  /** An article without its text. `ETag`: its revision. */
  getArticle(input: { articleId: types.ArticleId }): Promise<Tagged<types.Article>> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}', answers: 'tagged' }, input)
  }

  /** The whole text, of an earlier revision where one is named. `ETag`: the revision. */
  getArticleText(input: { articleId: types.ArticleId; revision?: number }): Promise<Tagged<{ text: string; revision: number }>> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/text', answers: 'tagged', query: ['revision'] }, input)
  }

  /** A preview as a CDN fetches it: `file` is its width and format, `512.webp`. */
  getCdnPreview(input: { imageId: types.ImageId; contentHash: string; frame: number; file: string; expires: string; signature: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/cdn/{imageId}/{contentHash}/{frame}/{file}', answers: 'content', query: ['expires', 'signature'] }, input)
  }

  /** A tile as a CDN fetches it. */
  getCdnTile(input: { imageId: types.ImageId; contentHash: string; frame: number; level: number; column: number; row: number; expires: string; signature: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/cdn/{imageId}/{contentHash}/{frame}/{level}/{column}/{row}', answers: 'content', query: ['expires', 'signature'] }, input)
  }

  /** One comparison, with its result once it is done. */
  getComparison(input: { comparisonId: types.ComparisonId }): Promise<types.Comparison> {
    return this.#send({ method: 'GET', path: '/api/v1/comparisons/{comparisonId}', answers: 'json' }, input)
  }

  /** What was removed from the file on arrival. 404 when the project keeps files as they come. */
  getDeidentification(input: { imageId: types.ImageId }): Promise<types.DeidentificationReport> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/deidentification', answers: 'json' }, input)
  }

  /** The zip that was asked for. Images its owner may no longer see are left out. */
  getDownload(input: { downloadId: types.DownloadId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/downloads/{downloadId}/file', answers: 'content' }, input)
  }

  /** How far an export is. */
  getExport(input: { exportId: types.ExportId }): Promise<types.Export> {
    return this.#send({ method: 'GET', path: '/api/v1/exports/{exportId}', answers: 'json' }, input)
  }

  /** The finished archive. What its format could not hold is listed in `export-report.txt` inside. */
  getExportFile(input: { exportId: types.ExportId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/exports/{exportId}/file', answers: 'content' }, input)
  }

  /** What would happen to the caller's projects, labels and memberships if the account went. */
  getFarewell(): Promise<types.Farewell> {
    return this.#send({ method: 'GET', path: '/api/v1/me/farewell', answers: 'json' }, {})
  }

  /** The caller's own score on gold images, where the project shows it; null otherwise. */
  getGoldScore(input: { projectId: types.ProjectId }): Promise<{ score: types.GoldScore | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/gold/mine', answers: 'json' }, input)
  }

  /** The article that tells how images of the project are read. */
  getGuideline(input: { projectId: types.ProjectId }): Promise<{ article: types.Article | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/guideline', answers: 'json' }, input)
  }

  /** How many images are kept from training to measure models on. */
  getHeldOut(input: { projectId: types.ProjectId }): Promise<types.HeldOut> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/held-out', answers: 'json' }, input)
  }

  /** What belongs to an organisation: what it uses now, and what would go with it. */
  getHoldings(input: { organisationId: types.OrganisationId }): Promise<types.Holdings> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/holdings', answers: 'json' }, input)
  }

  /** One image. */
  getImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}', answers: 'json' }, input)
  }

  /** The stored file: as uploaded but for what de-identification removed; a part of it on a Range header. */
  getImageFile(input: { imageId: types.ImageId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/file', answers: 'content' }, input)
  }

  /** What the samples of an image mean: size, depth, rescale, windows, tables, spacing. */
  getImageFrames(input: { imageId: types.ImageId }): Promise<types.FrameFacts> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/frames', answers: 'json' }, input)
  }

  /** The samples of one frame at full depth: [row, column, channel], little endian, as `frames` describes them. */
  getImagePixels(input: { imageId: types.ImageId; frame?: number }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/pixels', answers: 'content', query: ['frame'] }, input)
  }

  /** A compressed preview at most `width` pixels wide, upright. */
  getImagePreview(input: { imageId: types.ImageId; width?: number; format?: "webp" | "jpeg" | "avif" | "png"; frame?: number }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/preview', answers: 'content', query: ['width', 'format', 'frame'] }, input)
  }

  /** One tile, as `tiles` describes them. 404 beyond the edges. */
  getImageTile(input: { imageId: types.ImageId; level: number; column: number; row: number; frame?: number }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/tiles/{level}/{column}/{row}', answers: 'content', query: ['frame'] }, input)
  }

  /** How one frame is cut into tiles. They are made when first asked for, which takes a while for a large image. */
  getImageTiles(input: { imageId: types.ImageId; frame?: number }): Promise<types.ImageTiles> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/tiles', answers: 'json', query: ['frame'] }, input)
  }

  /** How far an import is. */
  getImport(input: { importId: types.ImportId }): Promise<types.Import> {
    return this.#send({ method: 'GET', path: '/api/v1/imports/{importId}', answers: 'json' }, input)
  }

  /** The image to look at. */
  getJobImage(input: { remoteJobId: types.RemoteJobId; lease: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/worker/jobs/{remoteJobId}/image', answers: 'content', query: ['lease'] }, input)
  }

  /** The picture of an annotated image of a training. */
  getJobItemFile(input: { remoteJobId: types.RemoteJobId; position: number; lease: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/worker/jobs/{remoteJobId}/items/{position}/file', answers: 'content', query: ['lease'] }, input)
  }

  /** Annotated images of a training, in pieces. */
  getJobItems(input: { remoteJobId: types.RemoteJobId; lease: string; from?: number; limit?: number }): Promise<{ items: Array<types.WorkerItem> }> {
    return this.#send({ method: 'GET', path: '/api/v1/worker/jobs/{remoteJobId}/items', answers: 'json', query: ['lease', 'from', 'limit'] }, input)
  }

  /** The model to ask, or to go on from. */
  getJobModel(input: { remoteJobId: types.RemoteJobId; lease: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/worker/jobs/{remoteJobId}/model', answers: 'content', query: ['lease'] }, input)
  }

  /** The label file, with its revision as `ETag`. */
  getLabel(input: { imageId: types.ImageId }): Promise<Tagged<types.LabelFile>> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/label', answers: 'tagged' }, input)
  }

  /** How the caller is told of messages. */
  getMessageSettings(): Promise<types.MessageSettings> {
    return this.#send({ method: 'GET', path: '/api/v1/me/message-settings', answers: 'json' }, {})
  }

  /** A folder as on Hugging Face, as a zip: model.onnx, config.json, README.md. */
  getModelArchive(input: { modelVersionId: types.ModelVersionId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/models/{modelVersionId}/archive', answers: 'content' }, input)
  }

  /** The model card: what the version is, what it was made of, what it can do; Markdown. */
  getModelCard(input: { modelVersionId: types.ModelVersionId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/models/{modelVersionId}/card', answers: 'content' }, input)
  }

  /** The model as a plain ONNX file. */
  getModelFile(input: { modelVersionId: types.ModelVersionId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/models/{modelVersionId}/file', answers: 'content' }, input)
  }

  /** The exact label revisions a version learned from, and those it was measured on. */
  getModelLabels(input: { modelVersionId: types.ModelVersionId }): Promise<{ learned: Array<types.LineageLabel>; heldOut: Array<types.LineageLabel> }> {
    return this.#send({ method: 'GET', path: '/api/v1/models/{modelVersionId}/labels', answers: 'json' }, input)
  }

  /** One organisation. */
  getOrganisation(input: { organisationId: types.OrganisationId }): Promise<types.Organisation> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}', answers: 'json' }, input)
  }

  /** Storage, queue and counts of the installation, not older than a minute. */
  getOverview(): Promise<types.Overview> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/overview', answers: 'json' }, {})
  }

  /** The zip itself. */
  getOwnArchive(input: { archiveId: types.OwnArchiveId }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/me/archives/{archiveId}/file', answers: 'content' }, input)
  }

  /** What the caller's own projects use of their quota. */
  getOwnUsage(): Promise<types.Usage> {
    return this.#send({ method: 'GET', path: '/api/v1/me/usage', answers: 'json' }, {})
  }

  /** The caller's own settings. */
  getPreferences(): Promise<types.Preferences> {
    return this.#send({ method: 'GET', path: '/api/v1/me/preferences', answers: 'json' }, {})
  }

  /** One project. */
  getProject(input: { projectId: types.ProjectId }): Promise<types.Project> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}', answers: 'json' }, input)
  }

  /** The remote server or worker that a project is set up for; null: none. */
  getRemote(input: { projectId: types.ProjectId }): Promise<{ server: types.RemoteServer | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/remote', answers: 'json' }, input)
  }

  /** How many annotated images wait for review, were accepted, were rejected. */
  getReviewCounts(input: { projectId: types.ProjectId }): Promise<types.ReviewCounts> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/review-counts', answers: 'json' }, input)
  }

  /** Whether labels of the project are reviewed. */
  getReviewSettings(input: { projectId: types.ProjectId }): Promise<types.ReviewSettings> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/review-settings', answers: 'json' }, input)
  }

  /** What the installation asks of everybody, and the quotas of whoever has none of their own. */
  getRules(): Promise<types.InstallationRules> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/rules', answers: 'json' }, {})
  }

  /** One run with its curve. */
  getRun(input: { runId: types.RunId }): Promise<types.Run> {
    return this.#send({ method: 'GET', path: '/api/v1/runs/{runId}', answers: 'json' }, input)
  }

  /** How the caller's account is protected. */
  getSecurity(): Promise<types.Security> {
    return this.#send({ method: 'GET', path: '/api/v1/me/security', answers: 'json' }, {})
  }

  /** An image that a remote server was asked about, by the short-lived address that it was sent. */
  getSentImage(input: { imageId: types.ImageId; expires: string; signature: string; frame?: number }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/api/v1/callbacks/images/{imageId}', answers: 'content', query: ['expires', 'signature', 'frame'] }, input)
  }

  /** What became of an upload sent in pieces (tus 1.0 at `/uploads`, with the metadata `projectId`, `filename` and, optionally, `duplicates`, `label`, `group`). Its image or import has the id of the upload. */
  getUpload(input: { uploadId: string }): Promise<{ items: Array<types.UploadItem>; import: types.Import | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/uploads/{uploadId}/result', answers: 'json' }, input)
  }

  /** A message as it was sent, and every try with what came back. */
  getWebhookDelivery(input: { webhookId: types.WebhookId; deliveryId: types.WebhookDeliveryId }): Promise<{ delivery: types.WebhookDelivery; body: string; attempts: Array<types.WebhookTry> }> {
    return this.#send({ method: 'GET', path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}', answers: 'json' }, input)
  }

  /** What the first guesses of each version were worth: edits, time, calibration, drift; as last measured. */
  getWorth(input: { projectId: types.ProjectId }): Promise<types.WorthState> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/worth', answers: 'json' }, input)
  }

  /** Bring an ONNX model along: a candidate that can be promoted, or trained on from, or both. */
  importModel(input: { projectId: types.ProjectId; body: Upload[] }): Promise<types.ModelVersion> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/models', answers: 'json', sends: 'form' }, input)
  }

  /** Open Inference Protocol: ask the model that serves about pictures, as JSON or with tensors as bytes behind it. Nothing is stored. */
  infer(input: { projectId: types.ProjectId; body: types.InferenceRequest }): Promise<types.InferenceAnswer> {
    return this.#send({ method: 'POST', path: '/v2/models/{projectId}/infer', answers: 'json', sends: 'json' }, input)
  }

  /** Open Inference Protocol: ask one version of the model. */
  inferVersion(input: { projectId: types.ProjectId; version: number; body: types.InferenceRequest }): Promise<types.InferenceAnswer> {
    return this.#send({ method: 'POST', path: '/v2/models/{projectId}/versions/{version}/infer', answers: 'json', sends: 'json' }, input)
  }

  /** Open Inference Protocol: whether the server runs. */
  inferenceLive(): Promise<{ live: boolean }> {
    return this.#send({ method: 'GET', path: '/v2/health/live', answers: 'json' }, {})
  }

  /** Open Inference Protocol: the model that serves in a project, whose id is its name. */
  inferenceModel(input: { projectId: types.ProjectId }): Promise<types.InferenceModelMetadata> {
    return this.#send({ method: 'GET', path: '/v2/models/{projectId}', answers: 'json' }, input)
  }

  /** Open Inference Protocol: whether a project has a model that serves. */
  inferenceModelReady(input: { projectId: types.ProjectId }): Promise<{ name: string; ready: boolean }> {
    return this.#send({ method: 'GET', path: '/v2/models/{projectId}/ready', answers: 'json' }, input)
  }

  /** Open Inference Protocol: whether it can answer. */
  inferenceReady(): Promise<{ ready: boolean }> {
    return this.#send({ method: 'GET', path: '/v2/health/ready', answers: 'json' }, {})
  }

  /** Open Inference Protocol: the server. */
  inferenceServer(): Promise<{ name: string; version: string; extensions: Array<string> }> {
    return this.#send({ method: 'GET', path: '/v2', answers: 'json' }, {})
  }

  /** Open Inference Protocol: one version of the model of a project, by its number. */
  inferenceVersion(input: { projectId: types.ProjectId; version: number }): Promise<types.InferenceModelMetadata> {
    return this.#send({ method: 'GET', path: '/v2/models/{projectId}/versions/{version}', answers: 'json' }, input)
  }

  /** Open Inference Protocol: whether there is this version. */
  inferenceVersionReady(input: { projectId: types.ProjectId; version: number }): Promise<{ name: string; ready: boolean }> {
    return this.#send({ method: 'GET', path: '/v2/models/{projectId}/versions/{version}/ready', answers: 'json' }, input)
  }

  /** The worker still works on it, and how far it is. 409: it is no longer its own, so it stops. */
  keepJob(input: { remoteJobId: types.RemoteJobId; lease: string; body: types.WorkerProgress }): Promise<{ leaseUntil: types.Timestamp }> {
    return this.#send({ method: 'POST', path: '/api/v1/worker/jobs/{remoteJobId}/heartbeat', answers: 'json', query: ['lease'], sends: 'json' }, input)
  }

  /** Label Studio: whether the backend is there. */
  labelStudioHealth(input: { projectId: types.ProjectId }): Promise<{ status: string; model_class: string }> {
    return this.#send({ method: 'GET', path: '/label-studio/{projectId}/health', answers: 'json' }, input)
  }

  /** Label Studio: what the model says of tasks. Pictures are fetched from their addresses, or come along as data. */
  labelStudioPredict(input: { projectId: types.ProjectId; body: { tasks: Array<{ data: Record<string, unknown> }>; label_config?: string | null } }): Promise<{ model_version: string; results: Array<{ result: Array<unknown>; score: number; model_version: string }> }> {
    return this.#send({ method: 'POST', path: '/label-studio/{projectId}/predict', answers: 'json', sends: 'json' }, input)
  }

  /** Label Studio: a project there connects. Where its pictures are and its token are kept, for the caller alone. */
  labelStudioSetup(input: { projectId: types.ProjectId; body: { schema?: string | null; hostname?: string | null; access_token?: string | null } }): Promise<{ model_version: string }> {
    return this.#send({ method: 'POST', path: '/label-studio/{projectId}/setup', answers: 'json', sends: 'json' }, input)
  }

  /** Label Studio: something changed there. Models here learn from what is annotated here, so nothing is done. */
  labelStudioWebhook(input: { projectId: types.ProjectId; body: Record<string, unknown> }): Promise<Record<string, never>> {
    return this.#send({ method: 'POST', path: '/label-studio/{projectId}/webhook', answers: 'json', sends: 'json' }, input)
  }

  /** A worker comes for work: the next job of its project or organisation, or null. It is the worker's for a minute. */
  leaseJob(input: { body: { kinds: Array<"prelabel" | "training">; name: string } }): Promise<{ job: types.WorkerJob | null }> {
    return this.#send({ method: 'POST', path: '/api/v1/worker/jobs', answers: 'json', sends: 'json' }, input)
  }

  /** Say that a page no longer shows this image. Who says nothing is forgotten after half a minute. */
  leaveImage(input: { imageId: types.ImageId; body: { tab: string } }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}/presence', answers: 'none', sends: 'json' }, input)
  }

  /** Leave an organisation. What the caller made stays; the last owner cannot leave. */
  leaveOrganisation(input: { organisationId: types.OrganisationId }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/organisations/{organisationId}/leave', answers: 'none' }, input)
  }

  /** Begin to link an account elsewhere. Needs the password, where the account has one. */
  linkProvider(input: { body: { provider: string; password?: string } }): Promise<{ url: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/me/providers', answers: 'json', sends: 'json' }, input)
  }

  /** All accounts, the newest first; by a part of the name or mail address. */
  listAccounts(input: { cursor?: string; limit?: number; search?: string; state?: "active" | "frozen" | "administrator" } = {}): Promise<{ items: Array<types.Account>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/accounts', answers: 'json', query: ['cursor', 'limit', 'search', 'state'] }, input)
  }

  /** The newest hundred versions of these settings: who changed what and when. */
  listAlgorithmVersions(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.AlgorithmVersion> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/algorithm/versions', answers: 'json' }, input)
  }

  /** The imports of the last days, newest first. */
  listAnnotationImports(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.AnnotationImport> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/annotation-imports', answers: 'json' }, input)
  }

  /** All announcements, those to come and those past among them. */
  listAnnouncements(): Promise<{ items: Array<types.Announcement> }> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/announcements', answers: 'json' }, {})
  }

  /** The text by blocks, from its start, from a block on, or up to one (`before`). The cursor keeps to the revision it began with. */
  listArticleBlocks(input: { articleId: types.ArticleId; cursor?: string; from?: types.BlockId; before?: types.BlockId; limit?: number }): Promise<{ items: Array<types.ArticleBlock>; nextCursor: string | null; hasBefore: boolean; revision: number }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/blocks', answers: 'json', query: ['cursor', 'from', 'before', 'limit'] }, input)
  }

  /** What people talk about an article, oldest first. */
  listArticleDiscussions(input: { articleId: types.ArticleId }): Promise<{ items: Array<types.Discussion> }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/discussions', answers: 'json' }, input)
  }

  /** The headings in order, at most 5,000, with the block each is in. */
  listArticleHeadings(input: { articleId: types.ArticleId }): Promise<{ items: Array<types.ArticleHeading> }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/headings', answers: 'json' }, input)
  }

  /** The history, newest first. */
  listArticleRevisions(input: { articleId: types.ArticleId; cursor?: string; limit?: number }): Promise<{ items: Array<types.ArticleRevision>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles/{articleId}/revisions', answers: 'json', query: ['cursor', 'limit'] }, input)
  }

  /** Articles the caller may read, last changed first; `q`: those that hold all the words in one block or the title. */
  listArticles(input: { cursor?: string; limit?: number; q?: string; which?: "all" | "mine" | "drafts" | "bin"; organisationId?: types.OrganisationId; projectId?: types.ProjectId } = {}): Promise<{ items: Array<types.FoundArticle>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/articles', answers: 'json', query: ['cursor', 'limit', 'q', 'which', 'organisationId', 'projectId'] }, input)
  }

  /** Recorded changes of the whole installation, newest first. */
  listAudit(input: { cursor?: string; limit?: number; actorId?: types.UserId; action?: "create" | "change" | "delete"; subject?: string; subjectId?: string; from?: types.Timestamp; to?: types.Timestamp } = {}): Promise<{ items: Array<types.AuditEvent>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/audit', answers: 'json', query: ['cursor', 'limit', 'actorId', 'action', 'subject', 'subjectId', 'from', 'to'] }, input)
  }

  /** The newest fifty edits of the classes; by earlier class scheme its names and where they are now. */
  listClassEdits(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.ClassEdit>; past: Array<types.PastClasses> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/class-edits', answers: 'json' }, input)
  }

  /** The remarks on an image and their replies, oldest first. */
  listComments(input: { imageId: types.ImageId }): Promise<{ items: Array<types.ReviewComment> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/comments', answers: 'json' }, input)
  }

  /** The caller's threads, the one with the newest message first. */
  listConversations(input: { cursor?: string; limit?: number; unread?: string } = {}): Promise<{ items: Array<types.Conversation>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/conversations', answers: 'json', query: ['cursor', 'limit', 'unread'] }, input)
  }

  /** What is announced now. */
  listCurrentAnnouncements(): Promise<{ items: Array<types.Announcement> }> {
    return this.#send({ method: 'GET', path: '/api/v1/announcements', answers: 'json' }, {})
  }

  /** The caller's projects in the bin. */
  listDeletedProjects(): Promise<{ items: Array<types.Project> }> {
    return this.#send({ method: 'GET', path: '/api/v1/bin/projects', answers: 'json' }, {})
  }

  /** The last hundred messages to and from the server, and what became of each. */
  listDeliveries(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.RemoteDelivery>; waiting: number }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/remote/deliveries', answers: 'json' }, input)
  }

  /** The last hundred times annotations were sent, newest first. */
  listDicomPushes(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.DicomPush> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/dicom-pushes', answers: 'json' }, input)
  }

  /** Ask a server for the series of a study. */
  listDicomSeries(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId; remoteStudyUid: types.DicomUid }): Promise<{ items: Array<types.DicomSeries> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/studies/{remoteStudyUid}/series', answers: 'json' }, input)
  }

  /** DICOMweb servers of a project, and those of the installation. */
  listDicomSources(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.DicomSource> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/dicom-sources', answers: 'json' }, input)
  }

  /** What people talk about an image, oldest first; pinned to a place of it or not. */
  listDiscussions(input: { imageId: types.ImageId }): Promise<{ items: Array<types.Discussion> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/discussions', answers: 'json' }, input)
  }

  /** The people an image was shared with. */
  listEditors(input: { imageId: types.ImageId }): Promise<{ items: Array<types.ImageEditor> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/editors', answers: 'json' }, input)
  }

  /** The exports of the last days, newest first. */
  listExports(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Export> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/exports', answers: 'json' }, input)
  }

  /** Gold images and everybody's score on them. */
  listGold(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.GoldImage>; scores: Array<types.GoldScore> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/gold', answers: 'json' }, input)
  }

  /** The images of a project, page by page. */
  listImages(input: { projectId: types.ProjectId; cursor?: string; limit?: number; state?: types.ImageState; annotated?: string; class?: number; text?: string; skipped?: string; skipReason?: "unsure" | "quality" | "unfit" | "expert" | "other"; burnedIn?: string; scoreFrom?: number; scoreTo?: number; annotatedBy?: types.UserId; review?: types.ReviewState; reviewedBy?: types.UserId; study?: types.StudyId; read?: string; from?: types.Timestamp; to?: types.Timestamp; order?: "newest" | "oldest" | "name" | "group" | "uncertain" | "next" }): Promise<{ items: Array<types.Image>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/images', answers: 'json', query: ['cursor', 'limit', 'state', 'annotated', 'class', 'text', 'skipped', 'skipReason', 'burnedIn', 'scoreFrom', 'scoreTo', 'annotatedBy', 'review', 'reviewedBy', 'study', 'read', 'from', 'to', 'order'] }, input)
  }

  /** Folders of the server that can be imported into the project from: the allowed ones, or those inside `path`. */
  listImportFolders(input: { projectId: types.ProjectId; path?: string }): Promise<{ folders: Array<{ name: string; path: string }>; files: number }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/import-folders', answers: 'json', query: ['path'] }, input)
  }

  /** What became of each file, in the order in which they were done. */
  listImportItems(input: { importId: types.ImportId; cursor?: string; limit?: number; state?: "stored" | "refused" | "duplicate" | "label" }): Promise<{ items: Array<types.ImportItem>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/imports/{importId}/items', answers: 'json', query: ['cursor', 'limit', 'state'] }, input)
  }

  /** The imports of a project, newest first. */
  listImports(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Import> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/imports', answers: 'json' }, input)
  }

  /** Invitations nobody accepted yet. */
  listInvitations(input: { organisationId: types.OrganisationId }): Promise<{ items: Array<types.Invitation> }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/invitations', answers: 'json' }, input)
  }

  /** Every label this image ever had, newest first. */
  listLabelRevisions(input: { imageId: types.ImageId }): Promise<{ items: Array<types.LabelRevision> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/label/revisions', answers: 'json' }, input)
  }

  /** Services that sign the caller's account in. */
  listLinkedProviders(): Promise<{ items: Array<types.LinkedProvider> }> {
    return this.#send({ method: 'GET', path: '/api/v1/me/providers', answers: 'json' }, {})
  }

  /** Mail of the last days that was not sent, because no mail server is set or it refused; the newest first. */
  listMails(): Promise<{ items: Array<types.Mail> }> {
    return this.#send({ method: 'GET', path: '/api/v1/mails', answers: 'json' }, {})
  }

  /** Who belongs to an organisation, with their roles. */
  listMembers(input: { organisationId: types.OrganisationId }): Promise<{ items: Array<types.Member> }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/members', answers: 'json' }, input)
  }

  /** What a message said before, newest first. */
  listMessageEdits(input: { messageId: types.MessageId }): Promise<{ items: Array<types.MessageEdit> }> {
    return this.#send({ method: 'GET', path: '/api/v1/messages/{messageId}/edits', answers: 'json' }, input)
  }

  /** The model versions of a project, newest first. */
  listModels(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.ModelVersion> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/models', answers: 'json' }, input)
  }

  /** What the caller is told of: mentions, replies, reviews, finished trainings and imports. Newest first. */
  listNotifications(input: { cursor?: string; limit?: number } = {}): Promise<{ items: Array<types.Notification>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/notifications', answers: 'json', query: ['cursor', 'limit'] }, input)
  }

  /** Recorded changes of an organisation and its projects, newest first. */
  listOrganisationAudit(input: { organisationId: types.OrganisationId; cursor?: string; limit?: number; actorId?: types.UserId; action?: "create" | "change" | "delete"; subject?: string; subjectId?: string; from?: types.Timestamp; to?: types.Timestamp }): Promise<{ items: Array<types.AuditEvent>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/audit', answers: 'json', query: ['cursor', 'limit', 'actorId', 'action', 'subject', 'subjectId', 'from', 'to'] }, input)
  }

  /** Addresses that are told when something happens in any project of an organisation. */
  listOrganisationWebhooks(input: { organisationId: types.OrganisationId }): Promise<{ items: Array<types.Webhook> }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/webhooks', answers: 'json' }, input)
  }

  /** The tokens of workers of an organisation. */
  listOrganisationWorkerTokens(input: { organisationId: types.OrganisationId }): Promise<{ items: Array<types.WorkerToken> }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations/{organisationId}/worker-tokens', answers: 'json' }, input)
  }

  /** The organisations the caller is a member of. */
  listOrganisations(): Promise<{ items: Array<types.Organisation> }> {
    return this.#send({ method: 'GET', path: '/api/v1/organisations', answers: 'json' }, {})
  }

  /** All organisations with what they use and may use, by name. */
  listOrganisationsOfAll(input: { search?: string } = {}): Promise<{ items: Array<{ organisation: types.Organisation; usage: types.Usage }> }> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/organisations', answers: 'json', query: ['search'] }, input)
  }

  /** The caller's archives of a week, the newest first. */
  listOwnArchives(): Promise<{ items: Array<types.OwnArchive> }> {
    return this.#send({ method: 'GET', path: '/api/v1/me/archives', answers: 'json' }, {})
  }

  /** The caller's passkeys, the oldest first, and whether passkeys can be used at this address. */
  listPasskeys(): Promise<{ items: Array<types.Passkey>; isAvailable: boolean }> {
    return this.#send({ method: 'GET', path: '/api/v1/me/passkeys', answers: 'json' }, {})
  }

  /** What each model version said about this image, newest first. */
  listPredictions(input: { imageId: types.ImageId }): Promise<{ items: Array<types.Prediction> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/predictions', answers: 'json' }, input)
  }

  /** Recorded changes of a project and all it holds, newest first. */
  listProjectAudit(input: { projectId: types.ProjectId; cursor?: string; limit?: number; actorId?: types.UserId; action?: "create" | "change" | "delete"; subject?: string; subjectId?: string; from?: types.Timestamp; to?: types.Timestamp }): Promise<{ items: Array<types.AuditEvent>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/audit', answers: 'json', query: ['cursor', 'limit', 'actorId', 'action', 'subject', 'subjectId', 'from', 'to'] }, input)
  }

  /** The projects the caller may see. A new account already has one per task type. */
  listProjects(): Promise<{ items: Array<types.Project> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects', answers: 'json' }, {})
  }

  /** Services through which people can sign in. */
  listProviders(): Promise<{ items: Array<types.Provider> }> {
    return this.#send({ method: 'GET', path: '/api/v1/auth/providers', answers: 'json' }, {})
  }

  /** What each reader said about an image, and what was made of it. */
  listReadings(input: { studyId: types.StudyId; imageId: types.ImageId }): Promise<{ image: types.Image; items: Array<types.Reading>; adjudication: types.Adjudication | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/studies/{studyId}/images/{imageId}/readings', answers: 'json' }, input)
  }

  /** The people who may review, beside those whose project it is. */
  listReviewers(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Reviewer> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/reviewers', answers: 'json' }, input)
  }

  /** Every decision on labels of this image, newest first. */
  listReviews(input: { imageId: types.ImageId }): Promise<{ items: Array<types.Review> }> {
    return this.#send({ method: 'GET', path: '/api/v1/images/{imageId}/reviews', answers: 'json' }, input)
  }

  /** The newest hundred runs of a project. */
  listRuns(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Run> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/runs', answers: 'json' }, input)
  }

  /** The caller's saved filters of a project, by name. */
  listSavedFilters(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.SavedFilter> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/filters', answers: 'json' }, input)
  }

  /** Which version made the first guesses since when, and who decided; newest first. */
  listServings(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Serving>; rollbackTo: types.ModelVersionId | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/servings', answers: 'json' }, input)
  }

  /** The caller's sessions, the newest first. */
  listSessions(): Promise<{ items: Array<types.Session> }> {
    return this.#send({ method: 'GET', path: '/api/v1/me/sessions', answers: 'json' }, {})
  }

  /** Settings in force, without secrets. */
  listSettings(): Promise<{ items: Array<types.ShownSetting> }> {
    return this.#send({ method: 'GET', path: '/api/v1/administration/settings', answers: 'json' }, {})
  }

  /** The studies of a project, newest first: all for reviewers, others see those they read for. */
  listStudies(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Study> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/studies', answers: 'json' }, input)
  }

  /** The task types and which of them this version supports. */
  listTaskTypes(): Promise<{ items: Array<types.TaskType> }> {
    return this.#send({ method: 'GET', path: '/api/v1/task-types', answers: 'json' }, {})
  }

  /** The caller's API tokens. */
  listTokens(): Promise<{ items: Array<types.ApiToken> }> {
    return this.#send({ method: 'GET', path: '/api/v1/tokens', answers: 'json' }, {})
  }

  /** Messages of a webhook, newest first. They are kept for 30 days. */
  listWebhookDeliveries(input: { webhookId: types.WebhookId; cursor?: string; limit?: number; state?: types.WebhookDeliveryState }): Promise<{ items: Array<types.WebhookDelivery>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/webhooks/{webhookId}/deliveries', answers: 'json', query: ['cursor', 'limit', 'state'] }, input)
  }

  /** Addresses that are told when something happens in a project. */
  listWebhooks(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.Webhook> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/webhooks', answers: 'json' }, input)
  }

  /** The tokens of workers of this project, with when each was last used and by which program. */
  listWorkerTokens(input: { projectId: types.ProjectId }): Promise<{ items: Array<types.WorkerToken> }> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/worker-tokens', answers: 'json' }, input)
  }

  /** Sign in by user name or mail address; sets the session cookie. */
  login(input: { body: { login: string; password: string; code?: string } }): Promise<{ user: types.User }> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/login', answers: 'json', sends: 'json' }, input)
  }

  /** End this session. */
  logout(): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/logout', answers: 'none' }, {})
  }

  /** Keep the current label as a reference that annotators do not see; they answer the image anew. */
  makeGold(input: { imageId: types.ImageId }): Promise<types.GoldImage> {
    return this.#send({ method: 'PUT', path: '/api/v1/images/{imageId}/gold', answers: 'json' }, input)
  }

  /** The caller has seen these, or all up to now. */
  markNotificationsSeen(input: { body: { ids?: Array<types.NotificationId> } }): Promise<types.NewsCount> {
    return this.#send({ method: 'POST', path: '/api/v1/notifications/seen', answers: 'json', sends: 'json' }, input)
  }

  /** The caller has read the thread up to this message. */
  markThreadRead(input: { messageId: types.MessageId }): Promise<types.NewsCount> {
    return this.#send({ method: 'POST', path: '/api/v1/messages/{messageId}/read', answers: 'json' }, input)
  }

  /** Who is signed in. */
  me(): Promise<types.Me> {
    return this.#send({ method: 'GET', path: '/api/v1/me', answers: 'json' }, {})
  }

  /** Measure that anew in the background, unless it is being measured or nothing was submitted since. */
  measureWorth(input: { projectId: types.ProjectId }): Promise<types.WorthState> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/worth', answers: 'json' }, input)
  }

  /** Hear no more of replies in the thread, only of mentions; or hear of them again. */
  muteThread(input: { messageId: types.MessageId; body: { isMuted: boolean } }): Promise<void> {
    return this.#send({ method: 'PUT', path: '/api/v1/messages/{messageId}/mute', answers: 'none', sends: 'json' }, input)
  }

  /** Begin a thread (`to`), or answer messages (`quotes`). Quoting messages of several threads makes one thread of them: those of the first, then of the second, then this message. */
  postMessage(input: { body: { to?: types.MessageTarget; quotes?: Array<types.MessageId>; text: string; images?: Array<types.ImageId> } }): Promise<types.Message> {
    return this.#send({ method: 'POST', path: '/api/v1/messages', answers: 'json', sends: 'json' }, input)
  }

  /** Ask the serving model again, or retry after a problem. An annotation is never overwritten. */
  prelabelImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/prelabel', answers: 'json' }, input)
  }

  /** Ask the serving model again about every image nobody annotated. */
  prelabelProject(input: { projectId: types.ProjectId }): Promise<{ queued: number }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/prelabel', answers: 'json' }, input)
  }

  /** What an import that is ready would do under other choices. They are kept. */
  previewAnnotationImport(input: { importId: types.AnnotationImportId; body: types.ImportChoices }): Promise<types.AnnotationImport> {
    return this.#send({ method: 'POST', path: '/api/v1/annotation-imports/{importId}/preview', answers: 'json', sends: 'json' }, input)
  }

  /** What an edit of the classes would do to labels, guesses, models and held-out images. Changes nothing. */
  previewClassEdit(input: { projectId: types.ProjectId; body: types.ClassEditRequest }): Promise<types.ClassEditPreview> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/class-edits/preview', answers: 'json', sends: 'json' }, input)
  }

  /** What taking the newest edit back would do. */
  previewClassUndo(input: { projectId: types.ProjectId; editId: types.ClassEditId }): Promise<types.ClassEditPreview> {
    return this.#send({ method: 'GET', path: '/api/v1/projects/{projectId}/class-edits/{editId}/undo', answers: 'json' }, input)
  }

  /** Let this version make the first guesses from now on. */
  promoteModel(input: { modelVersionId: types.ModelVersionId }): Promise<types.ModelVersion> {
    return this.#send({ method: 'POST', path: '/api/v1/models/{modelVersionId}/promote', answers: 'json' }, input)
  }

  /** Fetch studies or series from a server (WADO-RS) in the background, as an import. */
  pullDicom(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId; body: types.DicomPull }): Promise<types.Import> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/imports', answers: 'json', sends: 'json' }, input)
  }

  /** Remove an article in the bin for good, with its history. */
  purgeArticle(input: { articleId: types.ArticleId }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/articles/{articleId}/purge', answers: 'none' }, input)
  }

  /** Remove an image that is in the bin for good: its row, labels, and the file unless a copy still uses it. */
  purgeImage(input: { imageId: types.ImageId }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/purge', answers: 'none' }, input)
  }

  /** Send annotations to a server (STOW-RS) as DICOM segmentations or reports, in the background. */
  pushObjects(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId; body: types.DicomPushRequest }): Promise<types.DicomPush> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/pushes', answers: 'json', sends: 'json' }, input)
  }

  /** Limit what one person uses. */
  putAccountQuota(input: { userId: types.UserId; body: { storageBytes: number | "default" | null; activeRuns: number | "default" | null } }): Promise<types.Account> {
    return this.#send({ method: 'PUT', path: '/api/v1/administration/accounts/{userId}/quota', answers: 'json', sends: 'json' }, input)
  }

  /** Set how the project's model learns; missing fields take their defaults. */
  putAlgorithm(input: { projectId: types.ProjectId; body: types.Algorithm }): Promise<types.Algorithm> {
    return this.#send({ method: 'PUT', path: '/api/v1/projects/{projectId}/algorithm', answers: 'json', sends: 'json' }, input)
  }

  /** Replace the text of one block; empty takes it out, and what is too long becomes several. With `If-Match`, a block changed meanwhile answers 412; changes of other blocks do not matter. */
  putArticleBlock(input: { articleId: types.ArticleId; blockId: types.BlockId; body: { text: string }; ifMatch?: string }): Promise<Tagged<{ article: types.Article; items: Array<types.ArticleBlock> }>> {
    return this.#send({ method: 'PUT', path: '/api/v1/articles/{articleId}/blocks/{blockId}', answers: 'tagged', sends: 'json' }, input)
  }

  /** Replace the whole text; only blocks that differ are written. With `If-Match`, a revision changed meanwhile answers 412. */
  putArticleText(input: { articleId: types.ArticleId; body: { text: string }; ifMatch?: string }): Promise<Tagged<types.Article>> {
    return this.#send({ method: 'PUT', path: '/api/v1/articles/{articleId}/text', answers: 'tagged', sends: 'json' }, input)
  }

  /** Limit what each person and each organisation uses, where nothing else is set for them. */
  putDefaultQuotas(input: { body: { person: { storageBytes: number | null; activeRuns: number | null }; organisation: { storageBytes: number | null; activeRuns: number | null } } }): Promise<types.InstallationRules> {
    return this.#send({ method: 'PUT', path: '/api/v1/administration/rules/quotas', answers: 'json', sends: 'json' }, input)
  }

  /** Choose a published article as the guideline: whoever sees the project may read it from then on. */
  putGuideline(input: { projectId: types.ProjectId; body: { articleId: types.ArticleId | null } }): Promise<{ article: types.Article | null }> {
    return this.#send({ method: 'PUT', path: '/api/v1/projects/{projectId}/guideline', answers: 'json', sends: 'json' }, input)
  }

  /** The trained model as one ONNX file of at most 1 GiB; `sha256` says what arrives. */
  putJobModel(input: { remoteJobId: types.RemoteJobId; lease: string; sha256: string; body: BodyInit }): Promise<{ byteSize: number }> {
    return this.#send({ method: 'PUT', path: '/api/v1/worker/jobs/{remoteJobId}/model', answers: 'json', query: ['lease', 'sha256'], sends: 'bytes', mediaType: 'application/octet-stream' }, input)
  }

  /** Submit a label. With `If-Match`, a label changed meanwhile answers 412 and stays as it is. */
  putLabel(input: { imageId: types.ImageId; body: types.LabelInput; ifMatch?: string }): Promise<Tagged<types.LabelFile>> {
    return this.#send({ method: 'PUT', path: '/api/v1/images/{imageId}/label', answers: 'tagged', sends: 'json' }, input)
  }

  /** Set how often unread threads are told by mail. */
  putMessageSettings(input: { body: types.MessageSettings }): Promise<types.MessageSettings> {
    return this.#send({ method: 'PUT', path: '/api/v1/me/message-settings', answers: 'json', sends: 'json' }, input)
  }

  /** Ask every member who signs in with a password for a second factor, after days of grace; null: nobody. */
  putOrganisationSecondFactor(input: { organisationId: types.OrganisationId; body: { graceDays: number | null } }): Promise<types.Organisation> {
    return this.#send({ method: 'PUT', path: '/api/v1/organisations/{organisationId}/second-factor', answers: 'json', sends: 'json' }, input)
  }

  /** Replace the caller's own settings. */
  putPreferences(input: { body: types.Preferences }): Promise<types.Preferences> {
    return this.#send({ method: 'PUT', path: '/api/v1/me/preferences', answers: 'json', sends: 'json' }, input)
  }

  /** Limit what an organisation uses. */
  putQuota(input: { organisationId: types.OrganisationId; body: { storageBytes: number | "default" | null; activeRuns: number | "default" | null } }): Promise<types.Organisation> {
    return this.#send({ method: 'PUT', path: '/api/v1/organisations/{organisationId}/quota', answers: 'json', sends: 'json' }, input)
  }

  /** Set up a remote server or worker. It is asked once the strategy of the algorithm is `remote`. */
  putRemote(input: { projectId: types.ProjectId; body: { kind: types.RemoteKind; url?: string | null; model?: string | null; sends?: "address" | "bytes"; picture?: "original" | "png"; answerWithinMinutes?: number; fallsBack?: boolean; tensors?: { scale?: "raw" | "unit" | "imagenet"; boxes?: "xywh" | "xyxy"; boxUnit?: "image" | "tensor" | "share"; threshold?: number }; bearer?: string | null } }): Promise<types.RemoteServer> {
    return this.#send({ method: 'PUT', path: '/api/v1/projects/{projectId}/remote', answers: 'json', sends: 'json' }, input)
  }

  /** Set whether labels are reviewed: `required` lets only accepted images train. */
  putReviewSettings(input: { projectId: types.ProjectId; body: types.ReviewSettings }): Promise<types.ReviewSettings> {
    return this.#send({ method: 'PUT', path: '/api/v1/projects/{projectId}/review-settings', answers: 'json', sends: 'json' }, input)
  }

  /** Ask everybody who signs in with a password for a second factor, after days of grace; null: nobody. */
  putSecondFactorRule(input: { body: { graceDays: number | null } }): Promise<types.InstallationRules> {
    return this.#send({ method: 'PUT', path: '/api/v1/administration/rules/second-factor', answers: 'json', sends: 'json' }, input)
  }

  /** Who invites the holder of this link, to what. 404 once it was used, taken back or ran out. */
  readInvitation(input: { invitationToken: string }): Promise<{ organisation: string; role: types.OrganisationRole; invitedBy: string; isForOneAddress: boolean }> {
    return this.#send({ method: 'GET', path: '/api/v1/invitations/{invitationToken}', answers: 'json' }, input)
  }

  /** The thread of a message in its order: the part around it, or the part that a cursor names. */
  readThread(input: { messageId: types.MessageId; cursor?: string; limit?: number }): Promise<types.ThreadPage> {
    return this.#send({ method: 'GET', path: '/api/v1/messages/{messageId}/thread', answers: 'json', query: ['cursor', 'limit'] }, input)
  }

  /** Make an account, its folder and its projects, and sign in, or mail a link first where addresses have to be confirmed. The first account is administrator. */
  register(input: { body: { username: string; email: string; password: string } }): Promise<{ user: types.User; needsConfirmation: boolean }> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/register', answers: 'json', sends: 'json' }, input)
  }

  /** End a share. Everyone may end a share with themselves. */
  removeEditor(input: { imageId: types.ImageId; body: { userId: types.UserId } }): Promise<{ items: Array<types.ImageEditor> }> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}/editors', answers: 'json', sends: 'json' }, input)
  }

  /** Take somebody out of an organisation. What they made stays. */
  removeMember(input: { organisationId: types.OrganisationId; userId: types.UserId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/organisations/{organisationId}/members/{userId}', answers: 'none' }, input)
  }

  /** Sign in with a passkey no more. */
  removePasskey(input: { passkeyId: types.PasskeyId; body: types.Proof }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/me/passkeys/{passkeyId}', answers: 'none', sends: 'json' }, input)
  }

  /** Take the right to review away. Everyone may give up their own. */
  removeReviewer(input: { projectId: types.ProjectId; body: { userId: types.UserId } }): Promise<{ items: Array<types.Reviewer> }> {
    return this.#send({ method: 'DELETE', path: '/api/v1/projects/{projectId}/reviewers', answers: 'json', sends: 'json' }, input)
  }

  /** Call a passkey something else. */
  renamePasskey(input: { passkeyId: types.PasskeyId; body: { name: string; password?: string; passkey?: types.PasskeyAnswer } }): Promise<types.Passkey> {
    return this.#send({ method: 'PATCH', path: '/api/v1/me/passkeys/{passkeyId}', answers: 'json', sends: 'json' }, input)
  }

  /** Send a message again, under the same `webhook-id`, with all its tries before it. */
  resendWebhookDelivery(input: { webhookId: types.WebhookId; deliveryId: types.WebhookDeliveryId }): Promise<types.WebhookDelivery> {
    return this.#send({ method: 'POST', path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend', answers: 'json' }, input)
  }

  /** Set a new password with the secret of that link: one use, 30 minutes. Ends all sessions. */
  resetPassword(input: { body: { token: string; password: string } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/auth/password/reset', answers: 'none', sends: 'json' }, input)
  }

  /** Take the second factor and all passkeys of somebody who lost them, and end their sessions. */
  resetSecondFactor(input: { userId: types.UserId }): Promise<void> {
    return this.#send({ method: 'DELETE', path: '/api/v1/administration/accounts/{userId}/second-factor', answers: 'none' }, input)
  }

  /** Put an earlier version of these settings back, as a new version. */
  restoreAlgorithm(input: { projectId: types.ProjectId; version: number }): Promise<types.Algorithm> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/algorithm/versions/{version}/restore', answers: 'json' }, input)
  }

  /** Take an article out of the bin. */
  restoreArticle(input: { articleId: types.ArticleId }): Promise<types.Article> {
    return this.#send({ method: 'POST', path: '/api/v1/articles/{articleId}/restore', answers: 'json' }, input)
  }

  /** Make the words of an earlier revision the newest one. */
  restoreArticleRevision(input: { articleId: types.ArticleId; revision: number }): Promise<types.Article> {
    return this.#send({ method: 'POST', path: '/api/v1/articles/{articleId}/revisions/{revision}/restore', answers: 'json' }, input)
  }

  /** Take an image out of the bin. */
  restoreImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/restore', answers: 'json' }, input)
  }

  /** Take a project and its images out of the bin. */
  restoreProject(input: { projectId: types.ProjectId }): Promise<types.Project> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/restore', answers: 'json' }, input)
  }

  /** WADO-RS: frames, numbered from 1, as stored or uncompressed. */
  retrieveFrames(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid; frameList: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/frames/{frameList}', answers: 'content' }, input)
  }

  /** WADO-RS: a file. */
  retrieveInstance(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}', answers: 'content' }, input)
  }

  /** WADO-RS: all but the pixels of a file. */
  retrieveInstanceMetadata(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/metadata', answers: 'json' }, input)
  }

  /** WADO-RS: a small picture of a file. */
  retrieveInstanceThumbnail(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/thumbnail', answers: 'content' }, input)
  }

  /** WADO-RS: the first frame as it is shown. */
  retrieveRendered(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/rendered', answers: 'content' }, input)
  }

  /** WADO-RS: a frame as it is shown. */
  retrieveRenderedFrame(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid; instanceUid: types.DicomUid; frameList: string }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/frames/{frameList}/rendered', answers: 'content' }, input)
  }

  /** WADO-RS: the files of a series. */
  retrieveSeries(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}', answers: 'content' }, input)
  }

  /** WADO-RS: all but the pixels of a series. */
  retrieveSeriesMetadata(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/metadata', answers: 'json' }, input)
  }

  /** WADO-RS: a small picture of a series. */
  retrieveSeriesThumbnail(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/thumbnail', answers: 'content' }, input)
  }

  /** WADO-RS: the files of a study. */
  retrieveStudy(input: { projectId: types.ProjectId; studyUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}', answers: 'content' }, input)
  }

  /** WADO-RS: all but the pixels of a study. */
  retrieveStudyMetadata(input: { projectId: types.ProjectId; studyUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/metadata', answers: 'json' }, input)
  }

  /** WADO-RS: a small picture of a study. */
  retrieveStudyThumbnail(input: { projectId: types.ProjectId; studyUid: types.DicomUid }): Promise<Content> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/thumbnail', answers: 'content' }, input)
  }

  /** Accept or reject the label. With `If-Match`, a label changed meanwhile answers 412. A rejection says why: with a comment, or by one that is open already. */
  reviewImage(input: { imageId: types.ImageId; body: { decision: "accepted" | "rejected"; comment?: { text: string; place?: types.CommentPlace } }; ifMatch?: string }): Promise<{ review: types.Review; image: types.Image }> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/reviews', answers: 'json', sends: 'json' }, input)
  }

  /** Let the version that served before make the first guesses again. */
  rollBack(input: { projectId: types.ProjectId }): Promise<types.ModelVersion> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/rollback', answers: 'json' }, input)
  }

  /** Make a new secret for signatures, shown this once. The one before stays valid for a day. */
  rotateRemoteSecret(input: { projectId: types.ProjectId }): Promise<{ secret: string; server: types.RemoteServer }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/remote/secrets', answers: 'json' }, input)
  }

  /** Make a new secret, shown this once. For a day messages carry a signature by the one before as well. */
  rotateWebhookSecret(input: { webhookId: types.WebhookId }): Promise<{ webhook: types.Webhook; secret: string }> {
    return this.#send({ method: 'POST', path: '/api/v1/webhooks/{webhookId}/secrets', answers: 'json' }, input)
  }

  /** Keep a filter under a name; one of the same name is replaced. */
  saveFilter(input: { projectId: types.ProjectId; body: { name: string; query: string } }): Promise<types.SavedFilter> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/filters', answers: 'json', sends: 'json' }, input)
  }

  /** Ask a server for studies (QIDO-RS). What is searched for stands in the body, which no log of addresses keeps. */
  searchDicomStudies(input: { projectId: types.ProjectId; dicomSourceId: types.DicomSourceId; body: types.DicomSearch }): Promise<{ items: Array<types.DicomStudy>; hasMore: boolean }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/search', answers: 'json', sends: 'json' }, input)
  }

  /** QIDO-RS: instances. */
  searchInstances(input: { projectId: types.ProjectId }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/instances', answers: 'json' }, input)
  }

  /** Messages that the caller may read and whose text holds these characters, newest first. */
  searchMessages(input: { cursor?: string; limit?: number; text: string }): Promise<{ items: Array<types.Message>; nextCursor: string | null }> {
    return this.#send({ method: 'GET', path: '/api/v1/messages', answers: 'json', query: ['cursor', 'limit', 'text'] }, input)
  }

  /** QIDO-RS: series. */
  searchSeries(input: { projectId: types.ProjectId }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/series', answers: 'json' }, input)
  }

  /** QIDO-RS: instances of a series. */
  searchSeriesInstances(input: { projectId: types.ProjectId; studyUid: types.DicomUid; seriesUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances', answers: 'json' }, input)
  }

  /** QIDO-RS: studies. */
  searchStudies(input: { projectId: types.ProjectId }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies', answers: 'json' }, input)
  }

  /** QIDO-RS: instances of a study. */
  searchStudyInstances(input: { projectId: types.ProjectId; studyUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/instances', answers: 'json' }, input)
  }

  /** QIDO-RS: series of a study. */
  searchStudySeries(input: { projectId: types.ProjectId; studyUid: types.DicomUid }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'GET', path: '/dicomweb/projects/{projectId}/studies/{studyUid}/series', answers: 'json' }, input)
  }

  /** Mail a link to a new password. Until it is used the old one works. */
  sendPasswordReset(input: { userId: types.UserId }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/administration/accounts/{userId}/password-reset', answers: 'none' }, input)
  }

  /** Whether this installation has an account yet, whether passkeys can be used at this address, and which version it runs. */
  setupState(): Promise<{ hasAccounts: boolean; offersPasskeys: boolean; version: string }> {
    return this.#send({ method: 'GET', path: '/api/v1/setup', answers: 'json' }, {})
  }

  /** Go on without an answer, and say why. 409 for an image that is annotated; an annotation ends the skip. */
  skipImage(input: { imageId: types.ImageId; body: { reason: "unsure" | "quality" | "unfit" | "expert" | "other"; note?: string } }): Promise<types.Image> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/skip', answers: 'json', sends: 'json' }, input)
  }

  /** Rename, add, reorder, colour, merge and remove classes. In force at once; labels get one revision each in the background. */
  startClassEdit(input: { projectId: types.ProjectId; body: types.ClassEditRequest }): Promise<types.ClassEdit> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/class-edits', answers: 'json', sends: 'json' }, input)
  }

  /** Train now on what people submitted. */
  startRun(input: { projectId: types.ProjectId; body?: { budgetMinutes?: number; scope?: types.TrainingScope; without?: types.Without } }): Promise<types.Run> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/runs', answers: 'json', sends: 'json' }, input)
  }

  /** STOW-RS: files become images of the project. */
  storeInstances(input: { projectId: types.ProjectId; body: BodyInit }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'POST', path: '/dicomweb/projects/{projectId}/studies', answers: 'json', sends: 'bytes', mediaType: 'multipart/related' }, input)
  }

  /** STOW-RS: files of a study become images of the project; those of another study are refused. */
  storeStudyInstances(input: { projectId: types.ProjectId; studyUid: types.DicomUid; body: BodyInit }): Promise<Array<unknown> | Record<string, unknown>> {
    return this.#send({ method: 'POST', path: '/dicomweb/projects/{projectId}/studies/{studyUid}', answers: 'json', sends: 'bytes', mediaType: 'multipart/related' }, input)
  }

  /** Take the annotation back: the label is what it was before a person answered. `If-Match` as when it is submitted. */
  takeBackLabel(input: { imageId: types.ImageId; ifMatch?: string }): Promise<Tagged<types.LabelFile>> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}/label', answers: 'tagged' }, input)
  }

  /** Send a message of type `webhook.test` at once, also while it is off, and say what came back. */
  testWebhook(input: { webhookId: types.WebhookId }): Promise<{ delivery: types.WebhookDelivery; attempt: types.WebhookTry }> {
    return this.#send({ method: 'POST', path: '/api/v1/webhooks/{webhookId}/test', answers: 'json' }, input)
  }

  /** Give a project to an organisation the caller manages, or to a person. */
  transferProject(input: { projectId: types.ProjectId; body: { organisationId: types.OrganisationId } | { userId: types.UserId } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/transfer', answers: 'none', sends: 'json' }, input)
  }

  /** Ask the server about one image and show what comes back; nothing is stored. */
  tryRemote(input: { projectId: types.ProjectId; body: { imageId?: types.ImageId } }): Promise<types.RemoteTrial> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/remote/try', answers: 'json', sends: 'json' }, input)
  }

  /** Take the newest edit back: labels that nobody changed since become what they were before. */
  undoClassEdit(input: { projectId: types.ProjectId; editId: types.ClassEditId }): Promise<types.ClassEdit> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/class-edits/{editId}/undo', answers: 'json' }, input)
  }

  /** Let an article be changed again. */
  unfreezeArticle(input: { articleId: types.ArticleId }): Promise<types.Article> {
    return this.#send({ method: 'POST', path: '/api/v1/articles/{articleId}/unfreeze', answers: 'json' }, input)
  }

  /** Let a frozen image be changed again. */
  unfreezeImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'POST', path: '/api/v1/images/{imageId}/unfreeze', answers: 'json' }, input)
  }

  /** Unlink it, unless nothing else would be left to sign in with. */
  unlinkProvider(input: { body: { provider: string } }): Promise<void> {
    return this.#send({ method: 'POST', path: '/api/v1/me/providers/unlink', answers: 'none', sends: 'json' }, input)
  }

  /** Put a skipped image back among those that wait for an answer. */
  unskipImage(input: { imageId: types.ImageId }): Promise<types.Image> {
    return this.#send({ method: 'DELETE', path: '/api/v1/images/{imageId}/skip', answers: 'json' }, input)
  }

  /** Change title or state; who reads it only with the right to manage it. With `If-Match`, a revision changed meanwhile answers 412. */
  updateArticle(input: { articleId: types.ArticleId; body: { title?: string; state?: "draft" | "published"; visibility?: "private" | "project" | "organisation" | "public"; organisationId?: types.OrganisationId | null; projectId?: types.ProjectId | null }; ifMatch?: string }): Promise<Tagged<types.Article>> {
    return this.#send({ method: 'PATCH', path: '/api/v1/articles/{articleId}', answers: 'tagged', sends: 'json' }, input)
  }

  /** Rename an image (its row only; the file keeps its name). */
  updateImage(input: { imageId: types.ImageId; body: { name: string } }): Promise<types.Image> {
    return this.#send({ method: 'PATCH', path: '/api/v1/images/{imageId}', answers: 'json', sends: 'json' }, input)
  }

  /** Rename an organisation. */
  updateOrganisation(input: { organisationId: types.OrganisationId; body: { name: string } }): Promise<types.Organisation> {
    return this.#send({ method: 'PATCH', path: '/api/v1/organisations/{organisationId}', answers: 'json', sends: 'json' }, input)
  }

  /** Change name, classes, de-identification. Classes can be renamed and added; removing one needs no label to use it. */
  updateProject(input: { projectId: types.ProjectId; body: { name?: string; classes?: types.ClassNames; deidentifies?: boolean; duplicates?: types.DuplicateChoice } }): Promise<types.Project> {
    return this.#send({ method: 'PATCH', path: '/api/v1/projects/{projectId}', answers: 'json', sends: 'json' }, input)
  }

  /** Change a webhook, or turn it on or off. What happens while it is off is not told later. */
  updateWebhook(input: { webhookId: types.WebhookId; body: { name?: string; url?: string; events?: Array<types.WebhookEvent>; isOn?: boolean } }): Promise<types.Webhook> {
    return this.#send({ method: 'PATCH', path: '/api/v1/webhooks/{webhookId}', answers: 'json', sends: 'json' }, input)
  }

  /** Upload images. `label` and `group` speak of the file that follows them. 201 when any was created, 422 when none, 202 when a zip archive among them goes on in the background. */
  uploadImages(input: { projectId: types.ProjectId; duplicates?: types.DuplicateChoice; body: Upload[] }): Promise<{ items: Array<types.UploadItem> } | { items: Array<types.UploadItem>; importId: types.ImportId; imports: Array<types.Import> }> {
    return this.#send({ method: 'POST', path: '/api/v1/projects/{projectId}/images', answers: 'json', query: ['duplicates'], sends: 'form' }, input)
  }

  /** Whether any recorded change was changed or removed, and which. */
  verifyAudit(): Promise<types.AuditVerification> {
    return this.#send({ method: 'GET', path: '/api/v1/audit/verification', answers: 'json' }, {})
  }
}
