/** Bytes that may wait for their reader before the client has to. */
const HIGH_WATER_BYTES = 1024 * 1024

/** The payload of a message that is read while the client still sends it. */
export class MessageStream {
  readonly #chunks: Buffer[] = []
  #waitingBytes = 0
  #isEnded = false
  #isIgnored = false
  #isDiscarding = false
  #wake: (() => void) | undefined
  /** Told when the client has to wait, and when no longer. */
  onPressure: (isFull: boolean) => void = () => {}

  /** The client gave the message up half way: what has been read of it does not count. */
  get isIgnored(): boolean {
    return this.#isIgnored
  }

  push(chunk: Buffer): void {
    if (this.#isDiscarding || chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#setWaiting(this.#waitingBytes + chunk.length)
    this.#wake?.()
  }

  end(options: { readonly ignored: boolean }): void {
    this.#isEnded = true
    this.#isIgnored ||= options.ignored
    this.#wake?.()
  }

  /** The next bytes; undefined behind the last. */
  async read(): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift()
      if (chunk !== undefined) {
        this.#setWaiting(this.#waitingBytes - chunk.length)
        return chunk
      }
      if (this.#isEnded) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Drops what has come and what will come. Resolves when the client has sent it all. */
  async discard(): Promise<void> {
    this.#isDiscarding = true
    this.#chunks.length = 0
    this.#setWaiting(0)
    while ((await this.read()) !== undefined);
  }

  #setWaiting(bytes: number): void {
    const wasFull = this.#waitingBytes > HIGH_WATER_BYTES
    this.#waitingBytes = bytes
    const isFull = bytes > HIGH_WATER_BYTES
    if (wasFull !== isFull) this.onPressure(isFull)
  }
}
