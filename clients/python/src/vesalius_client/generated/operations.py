# Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.
from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, cast

from .._http import Content, Http, Tagged, Upload
from .types import *  # noqa: F403


class Operations:
    """Every operation of the API by its name."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def accept_invitation(self, invitation_token: str) -> Organisation:
        """Become a member."""
        return cast('Organisation', self._http.json("POST", "/api/v1/invitations/{invitationToken}/accept", path={"invitationToken": invitation_token}))

    def act_on_images(self, project_id: ProjectId, body: ImageAction) -> ActOnImagesAnswer:
        """Do the same to many images of a project. Each is done or refused by itself, with the reason."""
        return cast('ActOnImagesAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/images/actions", path={"projectId": project_id}, json=body))

    def add_comment(self, image_id: ImageId, body: AddCommentBody) -> ReviewComment:
        """Remark something about an image, pinned to a place or not, or reply to a remark."""
        return cast('ReviewComment', self._http.json("POST", "/api/v1/images/{imageId}/comments", path={"imageId": image_id}, json=body))

    def add_editor(self, image_id: ImageId, body: AddEditorBody) -> AddEditorAnswer:
        """Share an image: the person may see and label it. No second file is made."""
        return cast('AddEditorAnswer', self._http.json("POST", "/api/v1/images/{imageId}/editors", path={"imageId": image_id}, json=body))

    def add_passkey(self, body: AddPasskeyBody) -> Passkey:
        """Keep a passkey that the browser made."""
        return cast('Passkey', self._http.json("POST", "/api/v1/me/passkeys", json=body))

    def add_reviewer(self, project_id: ProjectId, body: AddReviewerBody) -> AddReviewerAnswer:
        """Let a person see all images of the project and decide on their labels."""
        return cast('AddReviewerAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/reviewers", path={"projectId": project_id}, json=body))

    def adjudicate(self, study_id: StudyId, image_id: ImageId, body: AdjudicateBody, *, if_match: str | None = None) -> AdjudicateAnswer:
        """Make the label of what the readers said: one of theirs, a merge, or another. `If-Match` as when it is submitted."""
        return cast('AdjudicateAnswer', self._http.json("PUT", "/api/v1/studies/{studyId}/images/{imageId}/adjudication", path={"studyId": study_id, "imageId": image_id}, json=body, if_match=if_match))

    def announce_presence(self, image_id: ImageId, body: AnnouncePresenceBody) -> AnnouncePresenceAnswer:
        """Say that one has this image open, again every ten seconds; answers who else has."""
        return cast('AnnouncePresenceAnswer', self._http.json("POST", "/api/v1/images/{imageId}/presence", path={"imageId": image_id}, json=body))

    def answer_job(self, remote_job_id: RemoteJobId, body: RemoteAnswer, *, lease: str) -> AnswerJobAnswer:
        """What the model says of the image."""
        return cast('AnswerJobAnswer', self._http.json("POST", "/api/v1/worker/jobs/{remoteJobId}/answer", path={"remoteJobId": remote_job_id}, query={"lease": lease}, json=body))

    def answer_prelabel(self, remote_job_id: RemoteJobId, body: CallbackMessage) -> AnswerPrelabelAnswer:
        """A remote server answers: signed by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`)."""
        return cast('AnswerPrelabelAnswer', self._http.json("POST", "/api/v1/callbacks/prelabel/{remoteJobId}", path={"remoteJobId": remote_job_id}, json=body))

    def apply_annotation_import(self, import_id: AnnotationImportId, body: ImportChoices) -> AnnotationImport:
        """Write the labels, in the background."""
        return cast('AnnotationImport', self._http.json("POST", "/api/v1/annotation-imports/{importId}/apply", path={"importId": import_id}, json=body))

    def assist(self, image_id: ImageId, body: AssistQuestion) -> AssistAnswer:
        """Ask the project's serving model about a region of an image. Nothing is stored."""
        return cast('AssistAnswer', self._http.json("POST", "/api/v1/images/{imageId}/assist", path={"imageId": image_id}, json=body))

    def begin_passkey(self, body: Proof) -> PasskeyCreationOptions:
        """What a browser needs to make a passkey: one use, ten minutes, this session."""
        return cast('PasskeyCreationOptions', self._http.json("POST", "/api/v1/me/passkeys/options", json=body))

    def begin_passkey_sign_in(self) -> PasskeyRequestOptions:
        """What a browser needs to sign in with a passkey: one use, ten minutes, this browser."""
        return cast('PasskeyRequestOptions', self._http.json("POST", "/api/v1/auth/passkey/options"))

    def begin_proof(self) -> PasskeyRequestOptions:
        """What a browser needs to prove by one of the caller's passkeys that it is them: one use, ten minutes, this session."""
        return cast('PasskeyRequestOptions', self._http.json("POST", "/api/v1/me/proof/options"))

    def begin_provider_sign_in(self, provider: str, body: BeginProviderSignInBody) -> BeginProviderSignInAnswer:
        """Begin to sign in through a service: the address to send the browser to, and a cookie that binds it."""
        return cast('BeginProviderSignInAnswer', self._http.json("POST", "/api/v1/auth/providers/{provider}", path={"provider": provider}, json=body))

    def begin_second_factor(self, body: Proof) -> BeginSecondFactorAnswer:
        """Make a secret for an authenticator app (TOTP). It counts once a code of it was entered."""
        return cast('BeginSecondFactorAnswer', self._http.json("POST", "/api/v1/me/second-factor", json=body))

    def cancel_dicom_push(self, dicom_push_id: DicomPushId) -> DicomPush:
        """Stop sending. What the server has taken stays there."""
        return cast('DicomPush', self._http.json("DELETE", "/api/v1/dicom-pushes/{dicomPushId}", path={"dicomPushId": dicom_push_id}))

    def cancel_import(self, import_id: ImportId) -> Import:
        """Stop an import. Images it made already stay."""
        return cast('Import', self._http.json("DELETE", "/api/v1/imports/{importId}", path={"importId": import_id}))

    def cancel_run(self, run_id: RunId) -> Run:
        """Cancel a run that has not ended."""
        return cast('Run', self._http.json("DELETE", "/api/v1/runs/{runId}", path={"runId": run_id}))

    def change_account(self, user_id: UserId, body: ChangeAccountBody) -> Account:
        """Freeze or unfreeze an account, or change its role; never one's own. Freezing ends its sessions."""
        return cast('Account', self._http.json("PATCH", "/api/v1/administration/accounts/{userId}", path={"userId": user_id}, json=body))

    def change_announcement(self, announcement_id: AnnouncementId, body: AnnouncementInput) -> Announcement:
        """Change an announcement."""
        return cast('Announcement', self._http.json("PUT", "/api/v1/administration/announcements/{announcementId}", path={"announcementId": announcement_id}, json=body))

    def change_comment(self, comment_id: CommentId, body: ChangeCommentBody) -> ReviewComment:
        """Resolve a thread or open it again; its author may also change the words."""
        return cast('ReviewComment', self._http.json("PATCH", "/api/v1/comments/{commentId}", path={"commentId": comment_id}, json=body))

    def change_dicom_source(self, project_id: ProjectId, dicom_source_id: DicomSourceId, body: DicomSourceSettings) -> DicomSource:
        """Change a DICOMweb server of a project. A new address needs its secret again."""
        return cast('DicomSource', self._http.json("PUT", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}", path={"projectId": project_id, "dicomSourceId": dicom_source_id}, json=body))

    def change_email(self, body: ChangeEmailBody) -> None:
        """Ask for another mail address; it counts once the link sent there was opened."""
        self._http.none("POST", "/api/v1/me/email", json=body)

    def change_member(self, organisation_id: OrganisationId, user_id: UserId, body: ChangeMemberBody) -> Member:
        """Change a member's role. Only owners make owners; one owner stays."""
        return cast('Member', self._http.json("PATCH", "/api/v1/organisations/{organisationId}/members/{userId}", path={"organisationId": organisation_id, "userId": user_id}, json=body))

    def change_password(self, body: ChangePasswordBody) -> None:
        """Change the password. Ends all other sessions."""
        self._http.none("POST", "/api/v1/me/password", json=body)

    def change_shared_dicom_source(self, shared_source_id: DicomSourceId, body: DicomSourceSettings) -> DicomSource:
        """Change a DICOMweb server of the installation. A new address needs its secret again."""
        return cast('DicomSource', self._http.json("PUT", "/api/v1/dicom-sources/{sharedSourceId}", path={"sharedSourceId": shared_source_id}, json=body))

    def change_study(self, study_id: StudyId, body: ChangeStudyBody) -> Study:
        """Close a study, or open it again."""
        return cast('Study', self._http.json("PATCH", "/api/v1/studies/{studyId}", path={"studyId": study_id}, json=body))

    def compare_article(self, article_id: ArticleId, *, from_: int, to: int, cursor: str | None = None) -> CompareArticleAnswer:
        """What changed between two revisions, by blocks."""
        return cast('CompareArticleAnswer', self._http.json("GET", "/api/v1/articles/{articleId}/comparison", path={"articleId": article_id}, query={"from": from_, "to": to, "cursor": cursor}))

    def compare_models(self, project_id: ProjectId, body: CompareModelsBody) -> Comparison:
        """Measure two versions on the same held-out images."""
        return cast('Comparison', self._http.json("POST", "/api/v1/projects/{projectId}/comparisons", path={"projectId": project_id}, json=body))

    def confirm_email(self, body: ConfirmEmailBody) -> None:
        """Take over the mail address that a link was sent to."""
        self._http.none("POST", "/api/v1/auth/email/confirm", json=body)

    def confirm_second_factor(self, body: ConfirmSecondFactorBody) -> ConfirmSecondFactorAnswer:
        """Ask for a code at each sign-in from now on. The recovery codes are shown this once."""
        return cast('ConfirmSecondFactorAnswer', self._http.json("POST", "/api/v1/me/second-factor/confirm", json=body))

    def copy_image(self, image_id: ImageId, body: CopyImageBody) -> CopyImageAnswer:
        """Give a copy: a new image of the same file with a label of its own, in the receiver's project of the same classes."""
        return cast('CopyImageAnswer', self._http.json("POST", "/api/v1/images/{imageId}/copies", path={"imageId": image_id}, json=body))

    def copy_import_duplicates(self, import_id: ImportId) -> CopyImportDuplicatesAnswer:
        """Add what an import left out as a duplicate: each as an image of the file that is there already."""
        return cast('CopyImportDuplicatesAnswer', self._http.json("POST", "/api/v1/imports/{importId}/copies", path={"importId": import_id}))

    def count_news(self) -> NewsCount:
        """How much the caller has not seen."""
        return cast('NewsCount', self._http.json("GET", "/api/v1/notifications/count"))

    def create_annotation_import(self, project_id: ProjectId, body: Iterable[Upload], *, format: FormatName | None = None, content: MarkOrigin | None = None) -> AnnotationImport:
        """Send annotations for images that are there already, found by their names (DICOM: by their UIDs). Zip archives are opened. Nothing changes before it is applied."""
        return cast('AnnotationImport', self._http.json("POST", "/api/v1/projects/{projectId}/annotation-imports", path={"projectId": project_id}, query={"format": format, "content": content}, form=body))

    def create_announcement(self, body: AnnouncementInput) -> Announcement:
        """Announce something to everybody who is signed in."""
        return cast('Announcement', self._http.json("POST", "/api/v1/administration/announcements", json=body))

    def create_article(self, body: CreateArticleBody) -> Article:
        """Begin an article. One of an organisation or project needs the right to annotate there."""
        return cast('Article', self._http.json("POST", "/api/v1/articles", json=body))

    def create_dicom_source(self, project_id: ProjectId, body: DicomSourceSettings) -> DicomSource:
        """Add a DICOMweb server to a project."""
        return cast('DicomSource', self._http.json("POST", "/api/v1/projects/{projectId}/dicom-sources", path={"projectId": project_id}, json=body))

    def create_download(self, project_id: ProjectId, body: CreateDownloadBody) -> CreateDownloadAnswer:
        """Prepare a zip of images and their label files; it can be fetched for an hour."""
        return cast('CreateDownloadAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/downloads", path={"projectId": project_id}, json=body))

    def create_export(self, project_id: ProjectId, body: ExportRequest) -> Export:
        """Write annotations, or guesses, of the images a filter finds into a zip archive, in the background."""
        return cast('Export', self._http.json("POST", "/api/v1/projects/{projectId}/exports", path={"projectId": project_id}, json=body))

    def create_import(self, project_id: ProjectId, body: Iterable[Upload], *, duplicates: DuplicateChoice | None = None) -> Import:
        """Make images of many files in the background: sent as a form (up to 20,000, archives among them), or named as JSON."""
        return cast('Import', self._http.json("POST", "/api/v1/projects/{projectId}/imports", path={"projectId": project_id}, query={"duplicates": duplicates}, form=body))

    def create_invitation(self, organisation_id: OrganisationId, body: CreateInvitationBody) -> CreateInvitationAnswer:
        """Invite by mail, or by a link to pass on. One use. The link is shown this once."""
        return cast('CreateInvitationAnswer', self._http.json("POST", "/api/v1/organisations/{organisationId}/invitations", path={"organisationId": organisation_id}, json=body))

    def create_organisation(self, body: CreateOrganisationBody) -> Organisation:
        """Found an organisation; the caller is its owner."""
        return cast('Organisation', self._http.json("POST", "/api/v1/organisations", json=body))

    def create_organisation_webhook(self, organisation_id: OrganisationId, body: WebhookSettings) -> CreateOrganisationWebhookAnswer:
        """The same for all projects of an organisation."""
        return cast('CreateOrganisationWebhookAnswer', self._http.json("POST", "/api/v1/organisations/{organisationId}/webhooks", path={"organisationId": organisation_id}, json=body))

    def create_organisation_worker_token(self, organisation_id: OrganisationId, body: CreateOrganisationWorkerTokenBody) -> CreateOrganisationWorkerTokenAnswer:
        """Make a token by which a worker comes for the jobs of every project of an organisation."""
        return cast('CreateOrganisationWorkerTokenAnswer', self._http.json("POST", "/api/v1/organisations/{organisationId}/worker-tokens", path={"organisationId": organisation_id}, json=body))

    def create_own_archive(self) -> OwnArchive:
        """Begin to gather all that is the caller’s in one zip, in the background."""
        return cast('OwnArchive', self._http.json("POST", "/api/v1/me/archives"))

    def create_project(self, body: CreateProjectBody) -> Project:
        """Make a project. Without classes it gets its task type's usual ones."""
        return cast('Project', self._http.json("POST", "/api/v1/projects", json=body))

    def create_shared_dicom_source(self, body: DicomSourceSettings) -> DicomSource:
        """Add a DICOMweb server that everybody may use who manages a project."""
        return cast('DicomSource', self._http.json("POST", "/api/v1/dicom-sources", json=body))

    def create_study(self, project_id: ProjectId, body: CreateStudyBody) -> Study:
        """Let several people read images, blind or not. Each reading is a label set of its own."""
        return cast('Study', self._http.json("POST", "/api/v1/projects/{projectId}/studies", path={"projectId": project_id}, json=body))

    def create_token(self, body: CreateTokenBody) -> CreateTokenAnswer:
        """Make an API token for scripts. The secret is shown this once."""
        return cast('CreateTokenAnswer', self._http.json("POST", "/api/v1/tokens", json=body))

    def create_webhook(self, project_id: ProjectId, body: WebhookSettings) -> CreateWebhookAnswer:
        """Tell an address, signed by Standard Webhooks, when something happens in a project. Its secret is shown this once."""
        return cast('CreateWebhookAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/webhooks", path={"projectId": project_id}, json=body))

    def create_worker_token(self, project_id: ProjectId, body: CreateWorkerTokenBody) -> CreateWorkerTokenAnswer:
        """Make a token by which a worker comes for the jobs of this project. Its secret is shown this once."""
        return cast('CreateWorkerTokenAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/worker-tokens", path={"projectId": project_id}, json=body))

    def delete_annotation_import(self, import_id: AnnotationImportId) -> None:
        """Forget an import and its files. What it has written stays."""
        self._http.none("DELETE", "/api/v1/annotation-imports/{importId}", path={"importId": import_id})

    def delete_announcement(self, announcement_id: AnnouncementId) -> None:
        """Take an announcement back."""
        self._http.none("DELETE", "/api/v1/administration/announcements/{announcementId}", path={"announcementId": announcement_id})

    def delete_article(self, article_id: ArticleId) -> None:
        """Put an article in the bin."""
        self._http.none("DELETE", "/api/v1/articles/{articleId}", path={"articleId": article_id})

    def delete_comment(self, comment_id: CommentId) -> None:
        """Remove one's own remark and the replies to it."""
        self._http.none("DELETE", "/api/v1/comments/{commentId}", path={"commentId": comment_id})

    def delete_dicom_source(self, project_id: ProjectId, dicom_source_id: DicomSourceId) -> None:
        """Forget a DICOMweb server of a project, with its secret."""
        self._http.none("DELETE", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}", path={"projectId": project_id, "dicomSourceId": dicom_source_id})

    def delete_export(self, export_id: ExportId) -> None:
        """Stop an export, or remove its file."""
        self._http.none("DELETE", "/api/v1/exports/{exportId}", path={"exportId": export_id})

    def delete_image(self, image_id: ImageId) -> None:
        """Put an image in the bin."""
        self._http.none("DELETE", "/api/v1/images/{imageId}", path={"imageId": image_id})

    def delete_invitation(self, organisation_id: OrganisationId, invitation_id: InvitationId) -> None:
        """Take an invitation back."""
        self._http.none("DELETE", "/api/v1/organisations/{organisationId}/invitations/{invitationId}", path={"organisationId": organisation_id, "invitationId": invitation_id})

    def delete_me(self, body: DeleteMeBody) -> None:
        """Delete the caller's account: their own projects are removed for good, what they did in others' stays without their name."""
        self._http.none("DELETE", "/api/v1/me", json=body)

    def delete_message(self, message_id: MessageId) -> Message:
        """Erase the words of one's own message, earlier ones too; that there was one stays to be seen."""
        return cast('Message', self._http.json("DELETE", "/api/v1/messages/{messageId}", path={"messageId": message_id}))

    def delete_model(self, model_version_id: ModelVersionId) -> None:
        """Remove a version with its file and guesses for good. The one in service stays."""
        self._http.none("DELETE", "/api/v1/models/{modelVersionId}", path={"modelVersionId": model_version_id})

    def delete_organisation(self, organisation_id: OrganisationId, body: DeleteOrganisationBody) -> None:
        """End an organisation. `bin`: its projects go to the bin of the caller, who can restore them for a while; `keep`: they become projects of the caller."""
        self._http.none("DELETE", "/api/v1/organisations/{organisationId}", path={"organisationId": organisation_id}, json=body)

    def delete_organisation_worker_token(self, organisation_id: OrganisationId, organisation_token_id: WorkerTokenId) -> None:
        """Revoke a token of a worker of an organisation."""
        self._http.none("DELETE", "/api/v1/organisations/{organisationId}/worker-tokens/{organisationTokenId}", path={"organisationId": organisation_id, "organisationTokenId": organisation_token_id})

    def delete_project(self, project_id: ProjectId) -> None:
        """Put a project and its images in the bin."""
        self._http.none("DELETE", "/api/v1/projects/{projectId}", path={"projectId": project_id})

    def delete_saved_filter(self, project_id: ProjectId, filter_id: SavedFilterId) -> None:
        """Forget a saved filter."""
        self._http.none("DELETE", "/api/v1/projects/{projectId}/filters/{filterId}", path={"projectId": project_id, "filterId": filter_id})

    def delete_shared_dicom_source(self, shared_source_id: DicomSourceId) -> None:
        """Forget a DICOMweb server of the installation, with its secret."""
        self._http.none("DELETE", "/api/v1/dicom-sources/{sharedSourceId}", path={"sharedSourceId": shared_source_id})

    def delete_study(self, study_id: StudyId) -> None:
        """Remove a study with all readings. Labels stay as they are."""
        self._http.none("DELETE", "/api/v1/studies/{studyId}", path={"studyId": study_id})

    def delete_token(self, token_id: TokenId) -> None:
        """Revoke an API token."""
        self._http.none("DELETE", "/api/v1/tokens/{tokenId}", path={"tokenId": token_id})

    def delete_webhook(self, webhook_id: WebhookId) -> None:
        """Remove a webhook and its log."""
        self._http.none("DELETE", "/api/v1/webhooks/{webhookId}", path={"webhookId": webhook_id})

    def delete_worker_token(self, project_id: ProjectId, worker_token_id: WorkerTokenId) -> None:
        """Revoke a token of a worker: what it works on goes to another."""
        self._http.none("DELETE", "/api/v1/projects/{projectId}/worker-tokens/{workerTokenId}", path={"projectId": project_id, "workerTokenId": worker_token_id})

    def edit_message(self, message_id: MessageId, body: EditMessageBody) -> Message:
        """Change the words of one's own message; the earlier ones stay to be read."""
        return cast('Message', self._http.json("PATCH", "/api/v1/messages/{messageId}", path={"messageId": message_id}, json=body))

    def end_account_sessions(self, user_id: UserId) -> None:
        """Sign somebody out everywhere. API tokens stay."""
        self._http.none("DELETE", "/api/v1/administration/accounts/{userId}/sessions", path={"userId": user_id})

    def end_gold(self, image_id: ImageId) -> None:
        """The image is an ordinary one again. Answers given to it are kept."""
        self._http.none("DELETE", "/api/v1/images/{imageId}/gold", path={"imageId": image_id})

    def end_other_sessions(self) -> None:
        """End all of the caller's sessions but this one."""
        self._http.none("POST", "/api/v1/me/sessions/end-others")

    def end_passkey_sign_in(self, body: EndPasskeySignInBody) -> EndPasskeySignInAnswer:
        """Sign in with a passkey; sets the session cookie. It stands for password and second factor."""
        return cast('EndPasskeySignInAnswer', self._http.json("POST", "/api/v1/auth/passkey", json=body))

    def end_provider_sign_in(self, provider: str, *, state: str | None = None) -> Content:
        """Where a service sends the browser back to; answers with a redirect into the application."""
        return self._http.content("GET", "/api/v1/auth/providers/{provider}/callback", path={"provider": provider}, query={"state": state})

    def end_second_factor(self, body: Proof) -> None:
        """Ask for no more codes."""
        self._http.none("DELETE", "/api/v1/me/second-factor", json=body)

    def end_session(self, session_id: SessionId) -> None:
        """End one of the caller's sessions."""
        self._http.none("DELETE", "/api/v1/me/sessions/{sessionId}", path={"sessionId": session_id})

    def events(self) -> Content:
        """Server-sent events: changes the caller may see (see `ServerEvent`)."""
        return self._http.content("GET", "/api/v1/events")

    def export_audit(self, *, actor_id: UserId | None = None, action: Literal["create", "change", "delete"] | None = None, subject: str | None = None, subject_id: str | None = None, from_: Timestamp | None = None, to: Timestamp | None = None, format: Literal["jsonl", "fhir"] | None = None) -> Content:
        """Recorded changes, oldest first, one JSON a line: as `AuditEvent`, or as FHIR R5 AuditEvent resources."""
        return self._http.content("GET", "/api/v1/audit/export", query={"actorId": actor_id, "action": action, "subject": subject, "subjectId": subject_id, "from": from_, "to": to, "format": format})

    def fail_job(self, remote_job_id: RemoteJobId, body: FailJobBody, *, lease: str) -> FailJobAnswer:
        """It cannot be done, and why."""
        return cast('FailJobAnswer', self._http.json("POST", "/api/v1/worker/jobs/{remoteJobId}/failure", path={"remoteJobId": remote_job_id}, query={"lease": lease}, json=body))

    def find_people(self, *, name: str) -> FindPeopleAnswer:
        """People of this installation whose user name begins like this, without the caller."""
        return cast('FindPeopleAnswer', self._http.json("GET", "/api/v1/users", query={"name": name}))

    def finish_study(self, study_id: StudyId) -> Study:
        """End one's own reading: it is final, and a blind reader sees the other labels from now on."""
        return cast('Study', self._http.json("POST", "/api/v1/studies/{studyId}/finish", path={"studyId": study_id}))

    def finish_training(self, remote_job_id: RemoteJobId, body: WorkerOutcome, *, lease: str) -> FinishTrainingAnswer:
        """The training is done and its model has arrived. The gate looks at it as at every other."""
        return cast('FinishTrainingAnswer', self._http.json("POST", "/api/v1/worker/jobs/{remoteJobId}/outcome", path={"remoteJobId": remote_job_id}, query={"lease": lease}, json=body))

    def forgot_password(self, body: ForgotPasswordBody) -> None:
        """Ask for a mail with a link to a new password. The answer is the same whether there is such an account."""
        self._http.none("POST", "/api/v1/auth/password/forgot", json=body)

    def freeze_article(self, article_id: ArticleId) -> Article:
        """Freeze an article: nothing changes it until it is unfrozen."""
        return cast('Article', self._http.json("POST", "/api/v1/articles/{articleId}/freeze", path={"articleId": article_id}))

    def freeze_image(self, image_id: ImageId) -> Image:
        """Nothing changes a frozen image or its label until it is unfrozen."""
        return cast('Image', self._http.json("POST", "/api/v1/images/{imageId}/freeze", path={"imageId": image_id}))

    def get_agreement(self, study_id: StudyId) -> Agreement:
        """How far the readers agree: Cohen's and Fleiss' kappa, Dice, or F1 of matched marks, with intervals."""
        return cast('Agreement', self._http.json("GET", "/api/v1/studies/{studyId}/agreement", path={"studyId": study_id}))

    def get_algorithm(self, project_id: ProjectId) -> Algorithm:
        """How the project's model learns."""
        return cast('Algorithm', self._http.json("GET", "/api/v1/projects/{projectId}/algorithm", path={"projectId": project_id}))

    def get_annotation_import(self, import_id: AnnotationImportId) -> AnnotationImport:
        """How far an import is, what it would do or has done."""
        return cast('AnnotationImport', self._http.json("GET", "/api/v1/annotation-imports/{importId}", path={"importId": import_id}))

    def get_article(self, article_id: ArticleId) -> Tagged[Article]:
        """An article without its text. `ETag`: its revision."""
        return cast('Tagged[Article]', self._http.tagged("GET", "/api/v1/articles/{articleId}", path={"articleId": article_id}))

    def get_article_text(self, article_id: ArticleId, *, revision: int | None = None) -> Tagged[GetArticleTextAnswer]:
        """The whole text, of an earlier revision where one is named. `ETag`: the revision."""
        return cast('Tagged[GetArticleTextAnswer]', self._http.tagged("GET", "/api/v1/articles/{articleId}/text", path={"articleId": article_id}, query={"revision": revision}))

    def get_cdn_preview(self, image_id: ImageId, content_hash: str, frame: int, file: str, *, expires: str, signature: str) -> Content:
        """A preview as a CDN fetches it: `file` is its width and format, `512.webp`."""
        return self._http.content("GET", "/cdn/{imageId}/{contentHash}/{frame}/{file}", path={"imageId": image_id, "contentHash": content_hash, "frame": frame, "file": file}, query={"expires": expires, "signature": signature})

    def get_cdn_tile(self, image_id: ImageId, content_hash: str, frame: int, level: int, column: int, row: int, *, expires: str, signature: str) -> Content:
        """A tile as a CDN fetches it."""
        return self._http.content("GET", "/cdn/{imageId}/{contentHash}/{frame}/{level}/{column}/{row}", path={"imageId": image_id, "contentHash": content_hash, "frame": frame, "level": level, "column": column, "row": row}, query={"expires": expires, "signature": signature})

    def get_comparison(self, comparison_id: ComparisonId) -> Comparison:
        """One comparison, with its result once it is done."""
        return cast('Comparison', self._http.json("GET", "/api/v1/comparisons/{comparisonId}", path={"comparisonId": comparison_id}))

    def get_deidentification(self, image_id: ImageId) -> DeidentificationReport:
        """What was removed from the file on arrival. 404 when the project keeps files as they come."""
        return cast('DeidentificationReport', self._http.json("GET", "/api/v1/images/{imageId}/deidentification", path={"imageId": image_id}))

    def get_download(self, download_id: DownloadId) -> Content:
        """The zip that was asked for. Images its owner may no longer see are left out."""
        return self._http.content("GET", "/api/v1/downloads/{downloadId}/file", path={"downloadId": download_id})

    def get_export(self, export_id: ExportId) -> Export:
        """How far an export is."""
        return cast('Export', self._http.json("GET", "/api/v1/exports/{exportId}", path={"exportId": export_id}))

    def get_export_file(self, export_id: ExportId) -> Content:
        """The finished archive. What its format could not hold is listed in `export-report.txt` inside."""
        return self._http.content("GET", "/api/v1/exports/{exportId}/file", path={"exportId": export_id})

    def get_farewell(self) -> Farewell:
        """What would happen to the caller's projects, labels and memberships if the account went."""
        return cast('Farewell', self._http.json("GET", "/api/v1/me/farewell"))

    def get_gold_score(self, project_id: ProjectId) -> GetGoldScoreAnswer:
        """The caller's own score on gold images, where the project shows it; null otherwise."""
        return cast('GetGoldScoreAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/gold/mine", path={"projectId": project_id}))

    def get_guideline(self, project_id: ProjectId) -> GetGuidelineAnswer:
        """The article that tells how images of the project are read."""
        return cast('GetGuidelineAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/guideline", path={"projectId": project_id}))

    def get_held_out(self, project_id: ProjectId) -> HeldOut:
        """How many images are kept from training to measure models on."""
        return cast('HeldOut', self._http.json("GET", "/api/v1/projects/{projectId}/held-out", path={"projectId": project_id}))

    def get_holdings(self, organisation_id: OrganisationId) -> Holdings:
        """What belongs to an organisation: what it uses now, and what would go with it."""
        return cast('Holdings', self._http.json("GET", "/api/v1/organisations/{organisationId}/holdings", path={"organisationId": organisation_id}))

    def get_image(self, image_id: ImageId) -> Image:
        """One image."""
        return cast('Image', self._http.json("GET", "/api/v1/images/{imageId}", path={"imageId": image_id}))

    def get_image_file(self, image_id: ImageId) -> Content:
        """The stored file: as uploaded but for what de-identification removed; a part of it on a Range header."""
        return self._http.content("GET", "/api/v1/images/{imageId}/file", path={"imageId": image_id})

    def get_image_frames(self, image_id: ImageId) -> FrameFacts:
        """What the samples of an image mean: size, depth, rescale, windows, tables, spacing."""
        return cast('FrameFacts', self._http.json("GET", "/api/v1/images/{imageId}/frames", path={"imageId": image_id}))

    def get_image_pixels(self, image_id: ImageId, *, frame: int | None = None) -> Content:
        """The samples of one frame at full depth: [row, column, channel], little endian, as `frames` describes them."""
        return self._http.content("GET", "/api/v1/images/{imageId}/pixels", path={"imageId": image_id}, query={"frame": frame})

    def get_image_preview(self, image_id: ImageId, *, width: int | None = None, format: Literal["webp", "jpeg", "avif", "png"] | None = None, frame: int | None = None) -> Content:
        """A compressed preview at most `width` pixels wide, upright."""
        return self._http.content("GET", "/api/v1/images/{imageId}/preview", path={"imageId": image_id}, query={"width": width, "format": format, "frame": frame})

    def get_image_tile(self, image_id: ImageId, level: int, column: int, row: int, *, frame: int | None = None) -> Content:
        """One tile, as `tiles` describes them. 404 beyond the edges."""
        return self._http.content("GET", "/api/v1/images/{imageId}/tiles/{level}/{column}/{row}", path={"imageId": image_id, "level": level, "column": column, "row": row}, query={"frame": frame})

    def get_image_tiles(self, image_id: ImageId, *, frame: int | None = None) -> ImageTiles:
        """How one frame is cut into tiles. They are made when first asked for, which takes a while for a large image."""
        return cast('ImageTiles', self._http.json("GET", "/api/v1/images/{imageId}/tiles", path={"imageId": image_id}, query={"frame": frame}))

    def get_import(self, import_id: ImportId) -> Import:
        """How far an import is."""
        return cast('Import', self._http.json("GET", "/api/v1/imports/{importId}", path={"importId": import_id}))

    def get_job_image(self, remote_job_id: RemoteJobId, *, lease: str) -> Content:
        """The image to look at."""
        return self._http.content("GET", "/api/v1/worker/jobs/{remoteJobId}/image", path={"remoteJobId": remote_job_id}, query={"lease": lease})

    def get_job_item_file(self, remote_job_id: RemoteJobId, position: int, *, lease: str) -> Content:
        """The picture of an annotated image of a training."""
        return self._http.content("GET", "/api/v1/worker/jobs/{remoteJobId}/items/{position}/file", path={"remoteJobId": remote_job_id, "position": position}, query={"lease": lease})

    def get_job_items(self, remote_job_id: RemoteJobId, *, lease: str, from_: int | None = None, limit: int | None = None) -> GetJobItemsAnswer:
        """Annotated images of a training, in pieces."""
        return cast('GetJobItemsAnswer', self._http.json("GET", "/api/v1/worker/jobs/{remoteJobId}/items", path={"remoteJobId": remote_job_id}, query={"lease": lease, "from": from_, "limit": limit}))

    def get_job_model(self, remote_job_id: RemoteJobId, *, lease: str) -> Content:
        """The model to ask, or to go on from."""
        return self._http.content("GET", "/api/v1/worker/jobs/{remoteJobId}/model", path={"remoteJobId": remote_job_id}, query={"lease": lease})

    def get_label(self, image_id: ImageId) -> Tagged[LabelFile]:
        """The label file, with its revision as `ETag`."""
        return cast('Tagged[LabelFile]', self._http.tagged("GET", "/api/v1/images/{imageId}/label", path={"imageId": image_id}))

    def get_message_settings(self) -> MessageSettings:
        """How the caller is told of messages."""
        return cast('MessageSettings', self._http.json("GET", "/api/v1/me/message-settings"))

    def get_model_archive(self, model_version_id: ModelVersionId) -> Content:
        """A folder as on Hugging Face, as a zip: model.onnx, config.json, README.md."""
        return self._http.content("GET", "/api/v1/models/{modelVersionId}/archive", path={"modelVersionId": model_version_id})

    def get_model_card(self, model_version_id: ModelVersionId) -> Content:
        """The model card: what the version is, what it was made of, what it can do; Markdown."""
        return self._http.content("GET", "/api/v1/models/{modelVersionId}/card", path={"modelVersionId": model_version_id})

    def get_model_file(self, model_version_id: ModelVersionId) -> Content:
        """The model as a plain ONNX file."""
        return self._http.content("GET", "/api/v1/models/{modelVersionId}/file", path={"modelVersionId": model_version_id})

    def get_model_labels(self, model_version_id: ModelVersionId) -> GetModelLabelsAnswer:
        """The exact label revisions a version learned from, and those it was measured on."""
        return cast('GetModelLabelsAnswer', self._http.json("GET", "/api/v1/models/{modelVersionId}/labels", path={"modelVersionId": model_version_id}))

    def get_organisation(self, organisation_id: OrganisationId) -> Organisation:
        """One organisation."""
        return cast('Organisation', self._http.json("GET", "/api/v1/organisations/{organisationId}", path={"organisationId": organisation_id}))

    def get_overview(self) -> Overview:
        """Storage, queue and counts of the installation, not older than a minute."""
        return cast('Overview', self._http.json("GET", "/api/v1/administration/overview"))

    def get_own_archive(self, archive_id: OwnArchiveId) -> Content:
        """The zip itself."""
        return self._http.content("GET", "/api/v1/me/archives/{archiveId}/file", path={"archiveId": archive_id})

    def get_own_usage(self) -> Usage:
        """What the caller's own projects use of their quota."""
        return cast('Usage', self._http.json("GET", "/api/v1/me/usage"))

    def get_preferences(self) -> Preferences:
        """The caller's own settings."""
        return cast('Preferences', self._http.json("GET", "/api/v1/me/preferences"))

    def get_project(self, project_id: ProjectId) -> Project:
        """One project."""
        return cast('Project', self._http.json("GET", "/api/v1/projects/{projectId}", path={"projectId": project_id}))

    def get_remote(self, project_id: ProjectId) -> GetRemoteAnswer:
        """The remote server or worker that a project is set up for; null: none."""
        return cast('GetRemoteAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/remote", path={"projectId": project_id}))

    def get_review_counts(self, project_id: ProjectId) -> ReviewCounts:
        """How many annotated images wait for review, were accepted, were rejected."""
        return cast('ReviewCounts', self._http.json("GET", "/api/v1/projects/{projectId}/review-counts", path={"projectId": project_id}))

    def get_review_settings(self, project_id: ProjectId) -> ReviewSettings:
        """Whether labels of the project are reviewed."""
        return cast('ReviewSettings', self._http.json("GET", "/api/v1/projects/{projectId}/review-settings", path={"projectId": project_id}))

    def get_rules(self) -> InstallationRules:
        """What the installation asks of everybody, and the quotas of whoever has none of their own."""
        return cast('InstallationRules', self._http.json("GET", "/api/v1/administration/rules"))

    def get_run(self, run_id: RunId) -> Run:
        """One run with its curve."""
        return cast('Run', self._http.json("GET", "/api/v1/runs/{runId}", path={"runId": run_id}))

    def get_security(self) -> Security:
        """How the caller's account is protected."""
        return cast('Security', self._http.json("GET", "/api/v1/me/security"))

    def get_sent_image(self, image_id: ImageId, *, expires: str, signature: str, frame: int | None = None) -> Content:
        """An image that a remote server was asked about, by the short-lived address that it was sent."""
        return self._http.content("GET", "/api/v1/callbacks/images/{imageId}", path={"imageId": image_id}, query={"expires": expires, "signature": signature, "frame": frame})

    def get_upload(self, upload_id: str) -> GetUploadAnswer:
        """What became of an upload sent in pieces (tus 1.0 at `/uploads`, with the metadata `projectId`, `filename` and, optionally, `duplicates`, `label`, `group`). Its image or import has the id of the upload."""
        return cast('GetUploadAnswer', self._http.json("GET", "/api/v1/uploads/{uploadId}/result", path={"uploadId": upload_id}))

    def get_webhook_delivery(self, webhook_id: WebhookId, delivery_id: WebhookDeliveryId) -> GetWebhookDeliveryAnswer:
        """A message as it was sent, and every try with what came back."""
        return cast('GetWebhookDeliveryAnswer', self._http.json("GET", "/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}", path={"webhookId": webhook_id, "deliveryId": delivery_id}))

    def get_worth(self, project_id: ProjectId) -> WorthState:
        """What the first guesses of each version were worth: edits, time, calibration, drift; as last measured."""
        return cast('WorthState', self._http.json("GET", "/api/v1/projects/{projectId}/worth", path={"projectId": project_id}))

    def import_model(self, project_id: ProjectId, body: Iterable[Upload]) -> ModelVersion:
        """Bring an ONNX model along: a candidate that can be promoted, or trained on from, or both."""
        return cast('ModelVersion', self._http.json("POST", "/api/v1/projects/{projectId}/models", path={"projectId": project_id}, form=body))

    def infer(self, project_id: ProjectId, body: InferenceRequest) -> InferenceAnswer:
        """Open Inference Protocol: ask the model that serves about pictures, as JSON or with tensors as bytes behind it. Nothing is stored."""
        return cast('InferenceAnswer', self._http.json("POST", "/v2/models/{projectId}/infer", path={"projectId": project_id}, json=body))

    def infer_version(self, project_id: ProjectId, version: int, body: InferenceRequest) -> InferenceAnswer:
        """Open Inference Protocol: ask one version of the model."""
        return cast('InferenceAnswer', self._http.json("POST", "/v2/models/{projectId}/versions/{version}/infer", path={"projectId": project_id, "version": version}, json=body))

    def inference_live(self) -> InferenceLiveAnswer:
        """Open Inference Protocol: whether the server runs."""
        return cast('InferenceLiveAnswer', self._http.json("GET", "/v2/health/live"))

    def inference_model(self, project_id: ProjectId) -> InferenceModelMetadata:
        """Open Inference Protocol: the model that serves in a project, whose id is its name."""
        return cast('InferenceModelMetadata', self._http.json("GET", "/v2/models/{projectId}", path={"projectId": project_id}))

    def inference_model_ready(self, project_id: ProjectId) -> InferenceModelReadyAnswer:
        """Open Inference Protocol: whether a project has a model that serves."""
        return cast('InferenceModelReadyAnswer', self._http.json("GET", "/v2/models/{projectId}/ready", path={"projectId": project_id}))

    def inference_ready(self) -> InferenceReadyAnswer:
        """Open Inference Protocol: whether it can answer."""
        return cast('InferenceReadyAnswer', self._http.json("GET", "/v2/health/ready"))

    def inference_server(self) -> InferenceServerAnswer:
        """Open Inference Protocol: the server."""
        return cast('InferenceServerAnswer', self._http.json("GET", "/v2"))

    def inference_version(self, project_id: ProjectId, version: int) -> InferenceModelMetadata:
        """Open Inference Protocol: one version of the model of a project, by its number."""
        return cast('InferenceModelMetadata', self._http.json("GET", "/v2/models/{projectId}/versions/{version}", path={"projectId": project_id, "version": version}))

    def inference_version_ready(self, project_id: ProjectId, version: int) -> InferenceVersionReadyAnswer:
        """Open Inference Protocol: whether there is this version."""
        return cast('InferenceVersionReadyAnswer', self._http.json("GET", "/v2/models/{projectId}/versions/{version}/ready", path={"projectId": project_id, "version": version}))

    def keep_job(self, remote_job_id: RemoteJobId, body: WorkerProgress, *, lease: str) -> KeepJobAnswer:
        """The worker still works on it, and how far it is. 409: it is no longer its own, so it stops."""
        return cast('KeepJobAnswer', self._http.json("POST", "/api/v1/worker/jobs/{remoteJobId}/heartbeat", path={"remoteJobId": remote_job_id}, query={"lease": lease}, json=body))

    def label_studio_health(self, project_id: ProjectId) -> LabelStudioHealthAnswer:
        """Label Studio: whether the backend is there."""
        return cast('LabelStudioHealthAnswer', self._http.json("GET", "/label-studio/{projectId}/health", path={"projectId": project_id}))

    def label_studio_predict(self, project_id: ProjectId, body: LabelStudioPredictBody) -> LabelStudioPredictAnswer:
        """Label Studio: what the model says of tasks. Pictures are fetched from their addresses, or come along as data."""
        return cast('LabelStudioPredictAnswer', self._http.json("POST", "/label-studio/{projectId}/predict", path={"projectId": project_id}, json=body))

    def label_studio_setup(self, project_id: ProjectId, body: LabelStudioSetupBody) -> LabelStudioSetupAnswer:
        """Label Studio: a project there connects. Where its pictures are and its token are kept, for the caller alone."""
        return cast('LabelStudioSetupAnswer', self._http.json("POST", "/label-studio/{projectId}/setup", path={"projectId": project_id}, json=body))

    def label_studio_webhook(self, project_id: ProjectId, body: dict[str, Any]) -> dict[str, Any]:
        """Label Studio: something changed there. Models here learn from what is annotated here, so nothing is done."""
        return cast('dict[str, Any]', self._http.json("POST", "/label-studio/{projectId}/webhook", path={"projectId": project_id}, json=body))

    def lease_job(self, body: LeaseJobBody) -> LeaseJobAnswer:
        """A worker comes for work: the next job of its project or organisation, or null. It is the worker's for a minute."""
        return cast('LeaseJobAnswer', self._http.json("POST", "/api/v1/worker/jobs", json=body))

    def leave_image(self, image_id: ImageId, body: LeaveImageBody) -> None:
        """Say that a page no longer shows this image. Who says nothing is forgotten after half a minute."""
        self._http.none("DELETE", "/api/v1/images/{imageId}/presence", path={"imageId": image_id}, json=body)

    def leave_organisation(self, organisation_id: OrganisationId) -> None:
        """Leave an organisation. What the caller made stays; the last owner cannot leave."""
        self._http.none("POST", "/api/v1/organisations/{organisationId}/leave", path={"organisationId": organisation_id})

    def link_provider(self, body: LinkProviderBody) -> LinkProviderAnswer:
        """Begin to link an account elsewhere. Needs the password, where the account has one."""
        return cast('LinkProviderAnswer', self._http.json("POST", "/api/v1/me/providers", json=body))

    def list_accounts(self, *, cursor: str | None = None, limit: int | None = None, search: str | None = None, state: Literal["active", "frozen", "administrator"] | None = None) -> ListAccountsAnswer:
        """All accounts, the newest first; by a part of the name or mail address."""
        return cast('ListAccountsAnswer', self._http.json("GET", "/api/v1/administration/accounts", query={"cursor": cursor, "limit": limit, "search": search, "state": state}))

    def list_algorithm_versions(self, project_id: ProjectId) -> ListAlgorithmVersionsAnswer:
        """The newest hundred versions of these settings: who changed what and when."""
        return cast('ListAlgorithmVersionsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/algorithm/versions", path={"projectId": project_id}))

    def list_annotation_imports(self, project_id: ProjectId) -> ListAnnotationImportsAnswer:
        """The imports of the last days, newest first."""
        return cast('ListAnnotationImportsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/annotation-imports", path={"projectId": project_id}))

    def list_announcements(self) -> ListAnnouncementsAnswer:
        """All announcements, those to come and those past among them."""
        return cast('ListAnnouncementsAnswer', self._http.json("GET", "/api/v1/administration/announcements"))

    def list_article_blocks(self, article_id: ArticleId, *, cursor: str | None = None, from_: BlockId | None = None, before: BlockId | None = None, limit: int | None = None) -> ListArticleBlocksAnswer:
        """The text by blocks, from its start, from a block on, or up to one (`before`). The cursor keeps to the revision it began with."""
        return cast('ListArticleBlocksAnswer', self._http.json("GET", "/api/v1/articles/{articleId}/blocks", path={"articleId": article_id}, query={"cursor": cursor, "from": from_, "before": before, "limit": limit}))

    def list_article_discussions(self, article_id: ArticleId) -> ListArticleDiscussionsAnswer:
        """What people talk about an article, oldest first."""
        return cast('ListArticleDiscussionsAnswer', self._http.json("GET", "/api/v1/articles/{articleId}/discussions", path={"articleId": article_id}))

    def list_article_headings(self, article_id: ArticleId) -> ListArticleHeadingsAnswer:
        """The headings in order, at most 5,000, with the block each is in."""
        return cast('ListArticleHeadingsAnswer', self._http.json("GET", "/api/v1/articles/{articleId}/headings", path={"articleId": article_id}))

    def list_article_revisions(self, article_id: ArticleId, *, cursor: str | None = None, limit: int | None = None) -> ListArticleRevisionsAnswer:
        """The history, newest first."""
        return cast('ListArticleRevisionsAnswer', self._http.json("GET", "/api/v1/articles/{articleId}/revisions", path={"articleId": article_id}, query={"cursor": cursor, "limit": limit}))

    def list_articles(self, *, cursor: str | None = None, limit: int | None = None, q: str | None = None, which: Literal["all", "mine", "drafts", "bin"] | None = None, organisation_id: OrganisationId | None = None, project_id: ProjectId | None = None) -> ListArticlesAnswer:
        """Articles the caller may read, last changed first; `q`: those that hold all the words in one block or the title."""
        return cast('ListArticlesAnswer', self._http.json("GET", "/api/v1/articles", query={"cursor": cursor, "limit": limit, "q": q, "which": which, "organisationId": organisation_id, "projectId": project_id}))

    def list_audit(self, *, cursor: str | None = None, limit: int | None = None, actor_id: UserId | None = None, action: Literal["create", "change", "delete"] | None = None, subject: str | None = None, subject_id: str | None = None, from_: Timestamp | None = None, to: Timestamp | None = None) -> ListAuditAnswer:
        """Recorded changes of the whole installation, newest first."""
        return cast('ListAuditAnswer', self._http.json("GET", "/api/v1/audit", query={"cursor": cursor, "limit": limit, "actorId": actor_id, "action": action, "subject": subject, "subjectId": subject_id, "from": from_, "to": to}))

    def list_class_edits(self, project_id: ProjectId) -> ListClassEditsAnswer:
        """The newest fifty edits of the classes; by earlier class scheme its names and where they are now."""
        return cast('ListClassEditsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/class-edits", path={"projectId": project_id}))

    def list_comments(self, image_id: ImageId) -> ListCommentsAnswer:
        """The remarks on an image and their replies, oldest first."""
        return cast('ListCommentsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/comments", path={"imageId": image_id}))

    def list_conversations(self, *, cursor: str | None = None, limit: int | None = None, unread: str | None = None) -> ListConversationsAnswer:
        """The caller's threads, the one with the newest message first."""
        return cast('ListConversationsAnswer', self._http.json("GET", "/api/v1/conversations", query={"cursor": cursor, "limit": limit, "unread": unread}))

    def list_current_announcements(self) -> ListCurrentAnnouncementsAnswer:
        """What is announced now."""
        return cast('ListCurrentAnnouncementsAnswer', self._http.json("GET", "/api/v1/announcements"))

    def list_deleted_projects(self) -> ListDeletedProjectsAnswer:
        """The caller's projects in the bin."""
        return cast('ListDeletedProjectsAnswer', self._http.json("GET", "/api/v1/bin/projects"))

    def list_deliveries(self, project_id: ProjectId) -> ListDeliveriesAnswer:
        """The last hundred messages to and from the server, and what became of each."""
        return cast('ListDeliveriesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/remote/deliveries", path={"projectId": project_id}))

    def list_dicom_pushes(self, project_id: ProjectId) -> ListDicomPushesAnswer:
        """The last hundred times annotations were sent, newest first."""
        return cast('ListDicomPushesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/dicom-pushes", path={"projectId": project_id}))

    def list_dicom_series(self, project_id: ProjectId, dicom_source_id: DicomSourceId, remote_study_uid: DicomUid) -> ListDicomSeriesAnswer:
        """Ask a server for the series of a study."""
        return cast('ListDicomSeriesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/studies/{remoteStudyUid}/series", path={"projectId": project_id, "dicomSourceId": dicom_source_id, "remoteStudyUid": remote_study_uid}))

    def list_dicom_sources(self, project_id: ProjectId) -> ListDicomSourcesAnswer:
        """DICOMweb servers of a project, and those of the installation."""
        return cast('ListDicomSourcesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/dicom-sources", path={"projectId": project_id}))

    def list_discussions(self, image_id: ImageId) -> ListDiscussionsAnswer:
        """What people talk about an image, oldest first; pinned to a place of it or not."""
        return cast('ListDiscussionsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/discussions", path={"imageId": image_id}))

    def list_editors(self, image_id: ImageId) -> ListEditorsAnswer:
        """The people an image was shared with."""
        return cast('ListEditorsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/editors", path={"imageId": image_id}))

    def list_exports(self, project_id: ProjectId) -> ListExportsAnswer:
        """The exports of the last days, newest first."""
        return cast('ListExportsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/exports", path={"projectId": project_id}))

    def list_gold(self, project_id: ProjectId) -> ListGoldAnswer:
        """Gold images and everybody's score on them."""
        return cast('ListGoldAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/gold", path={"projectId": project_id}))

    def list_images(self, project_id: ProjectId, *, cursor: str | None = None, limit: int | None = None, state: ImageState | None = None, annotated: str | None = None, class_: int | None = None, text: str | None = None, skipped: str | None = None, skip_reason: Literal["unsure", "quality", "unfit", "expert", "other"] | None = None, burned_in: str | None = None, score_from: float | None = None, score_to: float | None = None, annotated_by: UserId | None = None, review: ReviewState | None = None, reviewed_by: UserId | None = None, study: StudyId | None = None, read: str | None = None, from_: Timestamp | None = None, to: Timestamp | None = None, order: Literal["newest", "oldest", "name", "group", "uncertain", "next"] | None = None) -> ListImagesAnswer:
        """The images of a project, page by page."""
        return cast('ListImagesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/images", path={"projectId": project_id}, query={"cursor": cursor, "limit": limit, "state": state, "annotated": annotated, "class": class_, "text": text, "skipped": skipped, "skipReason": skip_reason, "burnedIn": burned_in, "scoreFrom": score_from, "scoreTo": score_to, "annotatedBy": annotated_by, "review": review, "reviewedBy": reviewed_by, "study": study, "read": read, "from": from_, "to": to, "order": order}))

    def list_import_folders(self, project_id: ProjectId, *, path: str | None = None) -> ListImportFoldersAnswer:
        """Folders of the server that can be imported into the project from: the allowed ones, or those inside `path`."""
        return cast('ListImportFoldersAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/import-folders", path={"projectId": project_id}, query={"path": path}))

    def list_import_items(self, import_id: ImportId, *, cursor: str | None = None, limit: int | None = None, state: Literal["stored", "refused", "duplicate", "label"] | None = None) -> ListImportItemsAnswer:
        """What became of each file, in the order in which they were done."""
        return cast('ListImportItemsAnswer', self._http.json("GET", "/api/v1/imports/{importId}/items", path={"importId": import_id}, query={"cursor": cursor, "limit": limit, "state": state}))

    def list_imports(self, project_id: ProjectId) -> ListImportsAnswer:
        """The imports of a project, newest first."""
        return cast('ListImportsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/imports", path={"projectId": project_id}))

    def list_invitations(self, organisation_id: OrganisationId) -> ListInvitationsAnswer:
        """Invitations nobody accepted yet."""
        return cast('ListInvitationsAnswer', self._http.json("GET", "/api/v1/organisations/{organisationId}/invitations", path={"organisationId": organisation_id}))

    def list_label_revisions(self, image_id: ImageId) -> ListLabelRevisionsAnswer:
        """Every label this image ever had, newest first."""
        return cast('ListLabelRevisionsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/label/revisions", path={"imageId": image_id}))

    def list_linked_providers(self) -> ListLinkedProvidersAnswer:
        """Services that sign the caller's account in."""
        return cast('ListLinkedProvidersAnswer', self._http.json("GET", "/api/v1/me/providers"))

    def list_mails(self) -> ListMailsAnswer:
        """Mail of the last days that was not sent, because no mail server is set or it refused; the newest first."""
        return cast('ListMailsAnswer', self._http.json("GET", "/api/v1/mails"))

    def list_members(self, organisation_id: OrganisationId) -> ListMembersAnswer:
        """Who belongs to an organisation, with their roles."""
        return cast('ListMembersAnswer', self._http.json("GET", "/api/v1/organisations/{organisationId}/members", path={"organisationId": organisation_id}))

    def list_message_edits(self, message_id: MessageId) -> ListMessageEditsAnswer:
        """What a message said before, newest first."""
        return cast('ListMessageEditsAnswer', self._http.json("GET", "/api/v1/messages/{messageId}/edits", path={"messageId": message_id}))

    def list_models(self, project_id: ProjectId) -> ListModelsAnswer:
        """The model versions of a project, newest first."""
        return cast('ListModelsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/models", path={"projectId": project_id}))

    def list_notifications(self, *, cursor: str | None = None, limit: int | None = None) -> ListNotificationsAnswer:
        """What the caller is told of: mentions, replies, reviews, finished trainings and imports. Newest first."""
        return cast('ListNotificationsAnswer', self._http.json("GET", "/api/v1/notifications", query={"cursor": cursor, "limit": limit}))

    def list_organisation_audit(self, organisation_id: OrganisationId, *, cursor: str | None = None, limit: int | None = None, actor_id: UserId | None = None, action: Literal["create", "change", "delete"] | None = None, subject: str | None = None, subject_id: str | None = None, from_: Timestamp | None = None, to: Timestamp | None = None) -> ListOrganisationAuditAnswer:
        """Recorded changes of an organisation and its projects, newest first."""
        return cast('ListOrganisationAuditAnswer', self._http.json("GET", "/api/v1/organisations/{organisationId}/audit", path={"organisationId": organisation_id}, query={"cursor": cursor, "limit": limit, "actorId": actor_id, "action": action, "subject": subject, "subjectId": subject_id, "from": from_, "to": to}))

    def list_organisation_webhooks(self, organisation_id: OrganisationId) -> ListOrganisationWebhooksAnswer:
        """Addresses that are told when something happens in any project of an organisation."""
        return cast('ListOrganisationWebhooksAnswer', self._http.json("GET", "/api/v1/organisations/{organisationId}/webhooks", path={"organisationId": organisation_id}))

    def list_organisation_worker_tokens(self, organisation_id: OrganisationId) -> ListOrganisationWorkerTokensAnswer:
        """The tokens of workers of an organisation."""
        return cast('ListOrganisationWorkerTokensAnswer', self._http.json("GET", "/api/v1/organisations/{organisationId}/worker-tokens", path={"organisationId": organisation_id}))

    def list_organisations(self) -> ListOrganisationsAnswer:
        """The organisations the caller is a member of."""
        return cast('ListOrganisationsAnswer', self._http.json("GET", "/api/v1/organisations"))

    def list_organisations_of_all(self, *, search: str | None = None) -> ListOrganisationsOfAllAnswer:
        """All organisations with what they use and may use, by name."""
        return cast('ListOrganisationsOfAllAnswer', self._http.json("GET", "/api/v1/administration/organisations", query={"search": search}))

    def list_own_archives(self) -> ListOwnArchivesAnswer:
        """The caller's archives of a week, the newest first."""
        return cast('ListOwnArchivesAnswer', self._http.json("GET", "/api/v1/me/archives"))

    def list_passkeys(self) -> ListPasskeysAnswer:
        """The caller's passkeys, the oldest first, and whether passkeys can be used at this address."""
        return cast('ListPasskeysAnswer', self._http.json("GET", "/api/v1/me/passkeys"))

    def list_predictions(self, image_id: ImageId) -> ListPredictionsAnswer:
        """What each model version said about this image, newest first."""
        return cast('ListPredictionsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/predictions", path={"imageId": image_id}))

    def list_project_audit(self, project_id: ProjectId, *, cursor: str | None = None, limit: int | None = None, actor_id: UserId | None = None, action: Literal["create", "change", "delete"] | None = None, subject: str | None = None, subject_id: str | None = None, from_: Timestamp | None = None, to: Timestamp | None = None) -> ListProjectAuditAnswer:
        """Recorded changes of a project and all it holds, newest first."""
        return cast('ListProjectAuditAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/audit", path={"projectId": project_id}, query={"cursor": cursor, "limit": limit, "actorId": actor_id, "action": action, "subject": subject, "subjectId": subject_id, "from": from_, "to": to}))

    def list_projects(self) -> ListProjectsAnswer:
        """The projects the caller may see. A new account already has one per task type."""
        return cast('ListProjectsAnswer', self._http.json("GET", "/api/v1/projects"))

    def list_providers(self) -> ListProvidersAnswer:
        """Services through which people can sign in."""
        return cast('ListProvidersAnswer', self._http.json("GET", "/api/v1/auth/providers"))

    def list_readings(self, study_id: StudyId, image_id: ImageId) -> ListReadingsAnswer:
        """What each reader said about an image, and what was made of it."""
        return cast('ListReadingsAnswer', self._http.json("GET", "/api/v1/studies/{studyId}/images/{imageId}/readings", path={"studyId": study_id, "imageId": image_id}))

    def list_reviewers(self, project_id: ProjectId) -> ListReviewersAnswer:
        """The people who may review, beside those whose project it is."""
        return cast('ListReviewersAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/reviewers", path={"projectId": project_id}))

    def list_reviews(self, image_id: ImageId) -> ListReviewsAnswer:
        """Every decision on labels of this image, newest first."""
        return cast('ListReviewsAnswer', self._http.json("GET", "/api/v1/images/{imageId}/reviews", path={"imageId": image_id}))

    def list_runs(self, project_id: ProjectId) -> ListRunsAnswer:
        """The newest hundred runs of a project."""
        return cast('ListRunsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/runs", path={"projectId": project_id}))

    def list_saved_filters(self, project_id: ProjectId) -> ListSavedFiltersAnswer:
        """The caller's saved filters of a project, by name."""
        return cast('ListSavedFiltersAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/filters", path={"projectId": project_id}))

    def list_servings(self, project_id: ProjectId) -> ListServingsAnswer:
        """Which version made the first guesses since when, and who decided; newest first."""
        return cast('ListServingsAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/servings", path={"projectId": project_id}))

    def list_sessions(self) -> ListSessionsAnswer:
        """The caller's sessions, the newest first."""
        return cast('ListSessionsAnswer', self._http.json("GET", "/api/v1/me/sessions"))

    def list_settings(self) -> ListSettingsAnswer:
        """Settings in force, without secrets."""
        return cast('ListSettingsAnswer', self._http.json("GET", "/api/v1/administration/settings"))

    def list_studies(self, project_id: ProjectId) -> ListStudiesAnswer:
        """The studies of a project, newest first: all for reviewers, others see those they read for."""
        return cast('ListStudiesAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/studies", path={"projectId": project_id}))

    def list_task_types(self) -> ListTaskTypesAnswer:
        """The task types and which of them this version supports."""
        return cast('ListTaskTypesAnswer', self._http.json("GET", "/api/v1/task-types"))

    def list_tokens(self) -> ListTokensAnswer:
        """The caller's API tokens."""
        return cast('ListTokensAnswer', self._http.json("GET", "/api/v1/tokens"))

    def list_webhook_deliveries(self, webhook_id: WebhookId, *, cursor: str | None = None, limit: int | None = None, state: WebhookDeliveryState | None = None) -> ListWebhookDeliveriesAnswer:
        """Messages of a webhook, newest first. They are kept for 30 days."""
        return cast('ListWebhookDeliveriesAnswer', self._http.json("GET", "/api/v1/webhooks/{webhookId}/deliveries", path={"webhookId": webhook_id}, query={"cursor": cursor, "limit": limit, "state": state}))

    def list_webhooks(self, project_id: ProjectId) -> ListWebhooksAnswer:
        """Addresses that are told when something happens in a project."""
        return cast('ListWebhooksAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/webhooks", path={"projectId": project_id}))

    def list_worker_tokens(self, project_id: ProjectId) -> ListWorkerTokensAnswer:
        """The tokens of workers of this project, with when each was last used and by which program."""
        return cast('ListWorkerTokensAnswer', self._http.json("GET", "/api/v1/projects/{projectId}/worker-tokens", path={"projectId": project_id}))

    def login(self, body: LoginBody) -> LoginAnswer:
        """Sign in by user name or mail address; sets the session cookie."""
        return cast('LoginAnswer', self._http.json("POST", "/api/v1/auth/login", json=body))

    def logout(self) -> None:
        """End this session."""
        self._http.none("POST", "/api/v1/auth/logout")

    def make_gold(self, image_id: ImageId) -> GoldImage:
        """Keep the current label as a reference that annotators do not see; they answer the image anew."""
        return cast('GoldImage', self._http.json("PUT", "/api/v1/images/{imageId}/gold", path={"imageId": image_id}))

    def mark_notifications_seen(self, body: MarkNotificationsSeenBody) -> NewsCount:
        """The caller has seen these, or all up to now."""
        return cast('NewsCount', self._http.json("POST", "/api/v1/notifications/seen", json=body))

    def mark_thread_read(self, message_id: MessageId) -> NewsCount:
        """The caller has read the thread up to this message."""
        return cast('NewsCount', self._http.json("POST", "/api/v1/messages/{messageId}/read", path={"messageId": message_id}))

    def me(self) -> Me:
        """Who is signed in."""
        return cast('Me', self._http.json("GET", "/api/v1/me"))

    def measure_worth(self, project_id: ProjectId) -> WorthState:
        """Measure that anew in the background, unless it is being measured or nothing was submitted since."""
        return cast('WorthState', self._http.json("POST", "/api/v1/projects/{projectId}/worth", path={"projectId": project_id}))

    def mute_thread(self, message_id: MessageId, body: MuteThreadBody) -> None:
        """Hear no more of replies in the thread, only of mentions; or hear of them again."""
        self._http.none("PUT", "/api/v1/messages/{messageId}/mute", path={"messageId": message_id}, json=body)

    def post_message(self, body: PostMessageBody) -> Message:
        """Begin a thread (`to`), or answer messages (`quotes`). Quoting messages of several threads makes one thread of them: those of the first, then of the second, then this message."""
        return cast('Message', self._http.json("POST", "/api/v1/messages", json=body))

    def prelabel_image(self, image_id: ImageId) -> Image:
        """Ask the serving model again, or retry after a problem. An annotation is never overwritten."""
        return cast('Image', self._http.json("POST", "/api/v1/images/{imageId}/prelabel", path={"imageId": image_id}))

    def prelabel_project(self, project_id: ProjectId) -> PrelabelProjectAnswer:
        """Ask the serving model again about every image nobody annotated."""
        return cast('PrelabelProjectAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/prelabel", path={"projectId": project_id}))

    def preview_annotation_import(self, import_id: AnnotationImportId, body: ImportChoices) -> AnnotationImport:
        """What an import that is ready would do under other choices. They are kept."""
        return cast('AnnotationImport', self._http.json("POST", "/api/v1/annotation-imports/{importId}/preview", path={"importId": import_id}, json=body))

    def preview_class_edit(self, project_id: ProjectId, body: ClassEditRequest) -> ClassEditPreview:
        """What an edit of the classes would do to labels, guesses, models and held-out images. Changes nothing."""
        return cast('ClassEditPreview', self._http.json("POST", "/api/v1/projects/{projectId}/class-edits/preview", path={"projectId": project_id}, json=body))

    def preview_class_undo(self, project_id: ProjectId, edit_id: ClassEditId) -> ClassEditPreview:
        """What taking the newest edit back would do."""
        return cast('ClassEditPreview', self._http.json("GET", "/api/v1/projects/{projectId}/class-edits/{editId}/undo", path={"projectId": project_id, "editId": edit_id}))

    def promote_model(self, model_version_id: ModelVersionId) -> ModelVersion:
        """Let this version make the first guesses from now on."""
        return cast('ModelVersion', self._http.json("POST", "/api/v1/models/{modelVersionId}/promote", path={"modelVersionId": model_version_id}))

    def pull_dicom(self, project_id: ProjectId, dicom_source_id: DicomSourceId, body: DicomPull) -> Import:
        """Fetch studies or series from a server (WADO-RS) in the background, as an import."""
        return cast('Import', self._http.json("POST", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/imports", path={"projectId": project_id, "dicomSourceId": dicom_source_id}, json=body))

    def purge_article(self, article_id: ArticleId) -> None:
        """Remove an article in the bin for good, with its history."""
        self._http.none("POST", "/api/v1/articles/{articleId}/purge", path={"articleId": article_id})

    def purge_image(self, image_id: ImageId) -> None:
        """Remove an image that is in the bin for good: its row, labels, and the file unless a copy still uses it."""
        self._http.none("POST", "/api/v1/images/{imageId}/purge", path={"imageId": image_id})

    def push_objects(self, project_id: ProjectId, dicom_source_id: DicomSourceId, body: DicomPushRequest) -> DicomPush:
        """Send annotations to a server (STOW-RS) as DICOM segmentations or reports, in the background."""
        return cast('DicomPush', self._http.json("POST", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/pushes", path={"projectId": project_id, "dicomSourceId": dicom_source_id}, json=body))

    def put_account_quota(self, user_id: UserId, body: PutAccountQuotaBody) -> Account:
        """Limit what one person uses."""
        return cast('Account', self._http.json("PUT", "/api/v1/administration/accounts/{userId}/quota", path={"userId": user_id}, json=body))

    def put_algorithm(self, project_id: ProjectId, body: Algorithm) -> Algorithm:
        """Set how the project's model learns; missing fields take their defaults."""
        return cast('Algorithm', self._http.json("PUT", "/api/v1/projects/{projectId}/algorithm", path={"projectId": project_id}, json=body))

    def put_article_block(self, article_id: ArticleId, block_id: BlockId, body: PutArticleBlockBody, *, if_match: str | None = None) -> Tagged[PutArticleBlockAnswer]:
        """Replace the text of one block; empty takes it out, and what is too long becomes several. With `If-Match`, a block changed meanwhile answers 412; changes of other blocks do not matter."""
        return cast('Tagged[PutArticleBlockAnswer]', self._http.tagged("PUT", "/api/v1/articles/{articleId}/blocks/{blockId}", path={"articleId": article_id, "blockId": block_id}, json=body, if_match=if_match))

    def put_article_text(self, article_id: ArticleId, body: PutArticleTextBody, *, if_match: str | None = None) -> Tagged[Article]:
        """Replace the whole text; only blocks that differ are written. With `If-Match`, a revision changed meanwhile answers 412."""
        return cast('Tagged[Article]', self._http.tagged("PUT", "/api/v1/articles/{articleId}/text", path={"articleId": article_id}, json=body, if_match=if_match))

    def put_default_quotas(self, body: PutDefaultQuotasBody) -> InstallationRules:
        """Limit what each person and each organisation uses, where nothing else is set for them."""
        return cast('InstallationRules', self._http.json("PUT", "/api/v1/administration/rules/quotas", json=body))

    def put_guideline(self, project_id: ProjectId, body: PutGuidelineBody) -> PutGuidelineAnswer:
        """Choose a published article as the guideline: whoever sees the project may read it from then on."""
        return cast('PutGuidelineAnswer', self._http.json("PUT", "/api/v1/projects/{projectId}/guideline", path={"projectId": project_id}, json=body))

    def put_job_model(self, remote_job_id: RemoteJobId, body: bytes | Iterable[bytes], *, lease: str, sha256: str) -> PutJobModelAnswer:
        """The trained model as one ONNX file of at most 1 GiB; `sha256` says what arrives."""
        return cast('PutJobModelAnswer', self._http.json("PUT", "/api/v1/worker/jobs/{remoteJobId}/model", path={"remoteJobId": remote_job_id}, query={"lease": lease, "sha256": sha256}, bytes=body, media_type="application/octet-stream"))

    def put_label(self, image_id: ImageId, body: LabelInput, *, if_match: str | None = None) -> Tagged[LabelFile]:
        """Submit a label. With `If-Match`, a label changed meanwhile answers 412 and stays as it is."""
        return cast('Tagged[LabelFile]', self._http.tagged("PUT", "/api/v1/images/{imageId}/label", path={"imageId": image_id}, json=body, if_match=if_match))

    def put_message_settings(self, body: MessageSettings) -> MessageSettings:
        """Set how often unread threads are told by mail."""
        return cast('MessageSettings', self._http.json("PUT", "/api/v1/me/message-settings", json=body))

    def put_organisation_second_factor(self, organisation_id: OrganisationId, body: PutOrganisationSecondFactorBody) -> Organisation:
        """Ask every member who signs in with a password for a second factor, after days of grace; null: nobody."""
        return cast('Organisation', self._http.json("PUT", "/api/v1/organisations/{organisationId}/second-factor", path={"organisationId": organisation_id}, json=body))

    def put_preferences(self, body: Preferences) -> Preferences:
        """Replace the caller's own settings."""
        return cast('Preferences', self._http.json("PUT", "/api/v1/me/preferences", json=body))

    def put_quota(self, organisation_id: OrganisationId, body: PutQuotaBody) -> Organisation:
        """Limit what an organisation uses."""
        return cast('Organisation', self._http.json("PUT", "/api/v1/organisations/{organisationId}/quota", path={"organisationId": organisation_id}, json=body))

    def put_remote(self, project_id: ProjectId, body: PutRemoteBody) -> RemoteServer:
        """Set up a remote server or worker. It is asked once the strategy of the algorithm is `remote`."""
        return cast('RemoteServer', self._http.json("PUT", "/api/v1/projects/{projectId}/remote", path={"projectId": project_id}, json=body))

    def put_review_settings(self, project_id: ProjectId, body: ReviewSettings) -> ReviewSettings:
        """Set whether labels are reviewed: `required` lets only accepted images train."""
        return cast('ReviewSettings', self._http.json("PUT", "/api/v1/projects/{projectId}/review-settings", path={"projectId": project_id}, json=body))

    def put_second_factor_rule(self, body: PutSecondFactorRuleBody) -> InstallationRules:
        """Ask everybody who signs in with a password for a second factor, after days of grace; null: nobody."""
        return cast('InstallationRules', self._http.json("PUT", "/api/v1/administration/rules/second-factor", json=body))

    def read_invitation(self, invitation_token: str) -> ReadInvitationAnswer:
        """Who invites the holder of this link, to what. 404 once it was used, taken back or ran out."""
        return cast('ReadInvitationAnswer', self._http.json("GET", "/api/v1/invitations/{invitationToken}", path={"invitationToken": invitation_token}))

    def read_thread(self, message_id: MessageId, *, cursor: str | None = None, limit: int | None = None) -> ThreadPage:
        """The thread of a message in its order: the part around it, or the part that a cursor names."""
        return cast('ThreadPage', self._http.json("GET", "/api/v1/messages/{messageId}/thread", path={"messageId": message_id}, query={"cursor": cursor, "limit": limit}))

    def register(self, body: RegisterBody) -> RegisterAnswer:
        """Make an account, its folder and its projects, and sign in, or mail a link first where addresses have to be confirmed. The first account is administrator."""
        return cast('RegisterAnswer', self._http.json("POST", "/api/v1/auth/register", json=body))

    def remove_editor(self, image_id: ImageId, body: RemoveEditorBody) -> RemoveEditorAnswer:
        """End a share. Everyone may end a share with themselves."""
        return cast('RemoveEditorAnswer', self._http.json("DELETE", "/api/v1/images/{imageId}/editors", path={"imageId": image_id}, json=body))

    def remove_member(self, organisation_id: OrganisationId, user_id: UserId) -> None:
        """Take somebody out of an organisation. What they made stays."""
        self._http.none("DELETE", "/api/v1/organisations/{organisationId}/members/{userId}", path={"organisationId": organisation_id, "userId": user_id})

    def remove_passkey(self, passkey_id: PasskeyId, body: Proof) -> None:
        """Sign in with a passkey no more."""
        self._http.none("DELETE", "/api/v1/me/passkeys/{passkeyId}", path={"passkeyId": passkey_id}, json=body)

    def remove_reviewer(self, project_id: ProjectId, body: RemoveReviewerBody) -> RemoveReviewerAnswer:
        """Take the right to review away. Everyone may give up their own."""
        return cast('RemoveReviewerAnswer', self._http.json("DELETE", "/api/v1/projects/{projectId}/reviewers", path={"projectId": project_id}, json=body))

    def rename_passkey(self, passkey_id: PasskeyId, body: RenamePasskeyBody) -> Passkey:
        """Call a passkey something else."""
        return cast('Passkey', self._http.json("PATCH", "/api/v1/me/passkeys/{passkeyId}", path={"passkeyId": passkey_id}, json=body))

    def resend_webhook_delivery(self, webhook_id: WebhookId, delivery_id: WebhookDeliveryId) -> WebhookDelivery:
        """Send a message again, under the same `webhook-id`, with all its tries before it."""
        return cast('WebhookDelivery', self._http.json("POST", "/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend", path={"webhookId": webhook_id, "deliveryId": delivery_id}))

    def reset_password(self, body: ResetPasswordBody) -> None:
        """Set a new password with the secret of that link: one use, 30 minutes. Ends all sessions."""
        self._http.none("POST", "/api/v1/auth/password/reset", json=body)

    def reset_second_factor(self, user_id: UserId) -> None:
        """Take the second factor and all passkeys of somebody who lost them, and end their sessions."""
        self._http.none("DELETE", "/api/v1/administration/accounts/{userId}/second-factor", path={"userId": user_id})

    def restore_algorithm(self, project_id: ProjectId, version: int) -> Algorithm:
        """Put an earlier version of these settings back, as a new version."""
        return cast('Algorithm', self._http.json("POST", "/api/v1/projects/{projectId}/algorithm/versions/{version}/restore", path={"projectId": project_id, "version": version}))

    def restore_article(self, article_id: ArticleId) -> Article:
        """Take an article out of the bin."""
        return cast('Article', self._http.json("POST", "/api/v1/articles/{articleId}/restore", path={"articleId": article_id}))

    def restore_article_revision(self, article_id: ArticleId, revision: int) -> Article:
        """Make the words of an earlier revision the newest one."""
        return cast('Article', self._http.json("POST", "/api/v1/articles/{articleId}/revisions/{revision}/restore", path={"articleId": article_id, "revision": revision}))

    def restore_image(self, image_id: ImageId) -> Image:
        """Take an image out of the bin."""
        return cast('Image', self._http.json("POST", "/api/v1/images/{imageId}/restore", path={"imageId": image_id}))

    def restore_project(self, project_id: ProjectId) -> Project:
        """Take a project and its images out of the bin."""
        return cast('Project', self._http.json("POST", "/api/v1/projects/{projectId}/restore", path={"projectId": project_id}))

    def retrieve_frames(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid, frame_list: str) -> Content:
        """WADO-RS: frames, numbered from 1, as stored or uncompressed."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/frames/{frameList}", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid, "frameList": frame_list})

    def retrieve_instance(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid) -> Content:
        """WADO-RS: a file."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid})

    def retrieve_instance_metadata(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """WADO-RS: all but the pixels of a file."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/metadata", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid}))

    def retrieve_instance_thumbnail(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid) -> Content:
        """WADO-RS: a small picture of a file."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/thumbnail", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid})

    def retrieve_rendered(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid) -> Content:
        """WADO-RS: the first frame as it is shown."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/rendered", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid})

    def retrieve_rendered_frame(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid, instance_uid: DicomUid, frame_list: str) -> Content:
        """WADO-RS: a frame as it is shown."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances/{instanceUid}/frames/{frameList}/rendered", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid, "instanceUid": instance_uid, "frameList": frame_list})

    def retrieve_series(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid) -> Content:
        """WADO-RS: the files of a series."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid})

    def retrieve_series_metadata(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """WADO-RS: all but the pixels of a series."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/metadata", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid}))

    def retrieve_series_thumbnail(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid) -> Content:
        """WADO-RS: a small picture of a series."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/thumbnail", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid})

    def retrieve_study(self, project_id: ProjectId, study_uid: DicomUid) -> Content:
        """WADO-RS: the files of a study."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}", path={"projectId": project_id, "studyUid": study_uid})

    def retrieve_study_metadata(self, project_id: ProjectId, study_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """WADO-RS: all but the pixels of a study."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/metadata", path={"projectId": project_id, "studyUid": study_uid}))

    def retrieve_study_thumbnail(self, project_id: ProjectId, study_uid: DicomUid) -> Content:
        """WADO-RS: a small picture of a study."""
        return self._http.content("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/thumbnail", path={"projectId": project_id, "studyUid": study_uid})

    def review_image(self, image_id: ImageId, body: ReviewImageBody, *, if_match: str | None = None) -> ReviewImageAnswer:
        """Accept or reject the label. With `If-Match`, a label changed meanwhile answers 412. A rejection says why: with a comment, or by one that is open already."""
        return cast('ReviewImageAnswer', self._http.json("POST", "/api/v1/images/{imageId}/reviews", path={"imageId": image_id}, json=body, if_match=if_match))

    def roll_back(self, project_id: ProjectId) -> ModelVersion:
        """Let the version that served before make the first guesses again."""
        return cast('ModelVersion', self._http.json("POST", "/api/v1/projects/{projectId}/rollback", path={"projectId": project_id}))

    def rotate_remote_secret(self, project_id: ProjectId) -> RotateRemoteSecretAnswer:
        """Make a new secret for signatures, shown this once. The one before stays valid for a day."""
        return cast('RotateRemoteSecretAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/remote/secrets", path={"projectId": project_id}))

    def rotate_webhook_secret(self, webhook_id: WebhookId) -> RotateWebhookSecretAnswer:
        """Make a new secret, shown this once. For a day messages carry a signature by the one before as well."""
        return cast('RotateWebhookSecretAnswer', self._http.json("POST", "/api/v1/webhooks/{webhookId}/secrets", path={"webhookId": webhook_id}))

    def save_filter(self, project_id: ProjectId, body: SaveFilterBody) -> SavedFilter:
        """Keep a filter under a name; one of the same name is replaced."""
        return cast('SavedFilter', self._http.json("POST", "/api/v1/projects/{projectId}/filters", path={"projectId": project_id}, json=body))

    def search_dicom_studies(self, project_id: ProjectId, dicom_source_id: DicomSourceId, body: DicomSearch) -> SearchDicomStudiesAnswer:
        """Ask a server for studies (QIDO-RS). What is searched for stands in the body, which no log of addresses keeps."""
        return cast('SearchDicomStudiesAnswer', self._http.json("POST", "/api/v1/projects/{projectId}/dicom-sources/{dicomSourceId}/search", path={"projectId": project_id, "dicomSourceId": dicom_source_id}, json=body))

    def search_instances(self, project_id: ProjectId) -> list[Any] | dict[str, Any]:
        """QIDO-RS: instances."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/instances", path={"projectId": project_id}))

    def search_messages(self, *, text: str, cursor: str | None = None, limit: int | None = None) -> SearchMessagesAnswer:
        """Messages that the caller may read and whose text holds these characters, newest first."""
        return cast('SearchMessagesAnswer', self._http.json("GET", "/api/v1/messages", query={"cursor": cursor, "limit": limit, "text": text}))

    def search_series(self, project_id: ProjectId) -> list[Any] | dict[str, Any]:
        """QIDO-RS: series."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/series", path={"projectId": project_id}))

    def search_series_instances(self, project_id: ProjectId, study_uid: DicomUid, series_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """QIDO-RS: instances of a series."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series/{seriesUid}/instances", path={"projectId": project_id, "studyUid": study_uid, "seriesUid": series_uid}))

    def search_studies(self, project_id: ProjectId) -> list[Any] | dict[str, Any]:
        """QIDO-RS: studies."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies", path={"projectId": project_id}))

    def search_study_instances(self, project_id: ProjectId, study_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """QIDO-RS: instances of a study."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/instances", path={"projectId": project_id, "studyUid": study_uid}))

    def search_study_series(self, project_id: ProjectId, study_uid: DicomUid) -> list[Any] | dict[str, Any]:
        """QIDO-RS: series of a study."""
        return cast('list[Any] | dict[str, Any]', self._http.json("GET", "/dicomweb/projects/{projectId}/studies/{studyUid}/series", path={"projectId": project_id, "studyUid": study_uid}))

    def send_password_reset(self, user_id: UserId) -> None:
        """Mail a link to a new password. Until it is used the old one works."""
        self._http.none("POST", "/api/v1/administration/accounts/{userId}/password-reset", path={"userId": user_id})

    def setup_state(self) -> SetupStateAnswer:
        """Whether this installation has an account yet, whether passkeys can be used at this address, and which version it runs."""
        return cast('SetupStateAnswer', self._http.json("GET", "/api/v1/setup"))

    def skip_image(self, image_id: ImageId, body: SkipImageBody) -> Image:
        """Go on without an answer, and say why. 409 for an image that is annotated; an annotation ends the skip."""
        return cast('Image', self._http.json("POST", "/api/v1/images/{imageId}/skip", path={"imageId": image_id}, json=body))

    def start_class_edit(self, project_id: ProjectId, body: ClassEditRequest) -> ClassEdit:
        """Rename, add, reorder, colour, merge and remove classes. In force at once; labels get one revision each in the background."""
        return cast('ClassEdit', self._http.json("POST", "/api/v1/projects/{projectId}/class-edits", path={"projectId": project_id}, json=body))

    def start_run(self, project_id: ProjectId, *, body: StartRunBody | None = None) -> Run:
        """Train now on what people submitted."""
        return cast('Run', self._http.json("POST", "/api/v1/projects/{projectId}/runs", path={"projectId": project_id}, json=body))

    def store_instances(self, project_id: ProjectId, body: bytes | Iterable[bytes]) -> list[Any] | dict[str, Any]:
        """STOW-RS: files become images of the project."""
        return cast('list[Any] | dict[str, Any]', self._http.json("POST", "/dicomweb/projects/{projectId}/studies", path={"projectId": project_id}, bytes=body, media_type="multipart/related"))

    def store_study_instances(self, project_id: ProjectId, study_uid: DicomUid, body: bytes | Iterable[bytes]) -> list[Any] | dict[str, Any]:
        """STOW-RS: files of a study become images of the project; those of another study are refused."""
        return cast('list[Any] | dict[str, Any]', self._http.json("POST", "/dicomweb/projects/{projectId}/studies/{studyUid}", path={"projectId": project_id, "studyUid": study_uid}, bytes=body, media_type="multipart/related"))

    def take_back_label(self, image_id: ImageId, *, if_match: str | None = None) -> Tagged[LabelFile]:
        """Take the annotation back: the label is what it was before a person answered. `If-Match` as when it is submitted."""
        return cast('Tagged[LabelFile]', self._http.tagged("DELETE", "/api/v1/images/{imageId}/label", path={"imageId": image_id}, if_match=if_match))

    def test_webhook(self, webhook_id: WebhookId) -> TestWebhookAnswer:
        """Send a message of type `webhook.test` at once, also while it is off, and say what came back."""
        return cast('TestWebhookAnswer', self._http.json("POST", "/api/v1/webhooks/{webhookId}/test", path={"webhookId": webhook_id}))

    def transfer_project(self, project_id: ProjectId, body: TransferProjectBody1 | TransferProjectBody2) -> None:
        """Give a project to an organisation the caller manages, or to a person."""
        self._http.none("POST", "/api/v1/projects/{projectId}/transfer", path={"projectId": project_id}, json=body)

    def try_remote(self, project_id: ProjectId, body: TryRemoteBody) -> RemoteTrial:
        """Ask the server about one image and show what comes back; nothing is stored."""
        return cast('RemoteTrial', self._http.json("POST", "/api/v1/projects/{projectId}/remote/try", path={"projectId": project_id}, json=body))

    def undo_class_edit(self, project_id: ProjectId, edit_id: ClassEditId) -> ClassEdit:
        """Take the newest edit back: labels that nobody changed since become what they were before."""
        return cast('ClassEdit', self._http.json("POST", "/api/v1/projects/{projectId}/class-edits/{editId}/undo", path={"projectId": project_id, "editId": edit_id}))

    def unfreeze_article(self, article_id: ArticleId) -> Article:
        """Let an article be changed again."""
        return cast('Article', self._http.json("POST", "/api/v1/articles/{articleId}/unfreeze", path={"articleId": article_id}))

    def unfreeze_image(self, image_id: ImageId) -> Image:
        """Let a frozen image be changed again."""
        return cast('Image', self._http.json("POST", "/api/v1/images/{imageId}/unfreeze", path={"imageId": image_id}))

    def unlink_provider(self, body: UnlinkProviderBody) -> None:
        """Unlink it, unless nothing else would be left to sign in with."""
        self._http.none("POST", "/api/v1/me/providers/unlink", json=body)

    def unskip_image(self, image_id: ImageId) -> Image:
        """Put a skipped image back among those that wait for an answer."""
        return cast('Image', self._http.json("DELETE", "/api/v1/images/{imageId}/skip", path={"imageId": image_id}))

    def update_article(self, article_id: ArticleId, body: UpdateArticleBody, *, if_match: str | None = None) -> Tagged[Article]:
        """Change title or state; who reads it only with the right to manage it. With `If-Match`, a revision changed meanwhile answers 412."""
        return cast('Tagged[Article]', self._http.tagged("PATCH", "/api/v1/articles/{articleId}", path={"articleId": article_id}, json=body, if_match=if_match))

    def update_image(self, image_id: ImageId, body: UpdateImageBody) -> Image:
        """Rename an image (its row only; the file keeps its name)."""
        return cast('Image', self._http.json("PATCH", "/api/v1/images/{imageId}", path={"imageId": image_id}, json=body))

    def update_organisation(self, organisation_id: OrganisationId, body: UpdateOrganisationBody) -> Organisation:
        """Rename an organisation."""
        return cast('Organisation', self._http.json("PATCH", "/api/v1/organisations/{organisationId}", path={"organisationId": organisation_id}, json=body))

    def update_project(self, project_id: ProjectId, body: UpdateProjectBody) -> Project:
        """Change name, classes, de-identification. Classes can be renamed and added; removing one needs no label to use it."""
        return cast('Project', self._http.json("PATCH", "/api/v1/projects/{projectId}", path={"projectId": project_id}, json=body))

    def update_webhook(self, webhook_id: WebhookId, body: UpdateWebhookBody) -> Webhook:
        """Change a webhook, or turn it on or off. What happens while it is off is not told later."""
        return cast('Webhook', self._http.json("PATCH", "/api/v1/webhooks/{webhookId}", path={"webhookId": webhook_id}, json=body))

    def upload_images(self, project_id: ProjectId, body: Iterable[Upload], *, duplicates: DuplicateChoice | None = None) -> UploadImagesAnswer | UploadImagesAnswer2:
        """Upload images. `label` and `group` speak of the file that follows them. 201 when any was created, 422 when none, 202 when a zip archive among them goes on in the background."""
        return cast('UploadImagesAnswer | UploadImagesAnswer2', self._http.json("POST", "/api/v1/projects/{projectId}/images", path={"projectId": project_id}, query={"duplicates": duplicates}, form=body))

    def verify_audit(self) -> AuditVerification:
        """Whether any recorded change was changed or removed, and which."""
        return cast('AuditVerification', self._http.json("GET", "/api/v1/audit/verification"))
