/** Who a sign-in service says somebody is. */
export interface Identity {
  /** Never changes and is never given to somebody else; mail addresses do and are. */
  subject: string
  email: string | null
  /** Whether the service saw that the address is theirs. */
  isEmailVerified: boolean
  name: string | null
  groups: readonly string[]
}

/** One way through a service: where to send the browser, and who came back. */
export interface SignInProtocol {
  addressOf(request: SignInRequest): Promise<URL>
  /** Throws where the answer is not that of this request. `answer` is the address the browser came back to. */
  identify(answer: URL, request: SignInRequest): Promise<Identity>
}

export interface SignInRequest {
  redirectUri: string
  state: string
  /** Random texts that prove that code and token are of this request (RFC 7636; OpenID Connect Core 3.1.2.1). */
  verifier: string
  nonce: string
}
