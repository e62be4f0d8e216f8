/** How long is kept what people do not work on any more, days. */
export interface Retention {
  /** Notifications, read or not, since they were made. */
  notificationDays: number;
  /** Bytes of files that no attachment names, since they came. */
  unnamedFileDays: number;
}

export const defaultRetention: Retention = { notificationDays: 90, unnamedFileDays: 30 };

/** What happened up to a week ago may still be told of, and is told once: that has to be known till then. */
export const leastNotificationDays = 14;
