/** Who signed a request. */
export interface IamCaller {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly userArn: string;
  /** IAM's unique id, such as `AIDA...` or `AROA...:session`. */
  readonly userId: string;
}
