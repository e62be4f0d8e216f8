/** Why something that was asked at the control interface cannot be done; `status` is that of HTTP. */
export class Refusal {
  readonly status: 404 | 409 | 422;
  readonly detail: string;

  constructor(status: 404 | 409 | 422, detail: string) {
    this.status = status;
    this.detail = detail;
  }
}
