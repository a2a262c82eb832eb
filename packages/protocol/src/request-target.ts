const SLASH = 47;
const HASH = 35;
const QUESTION_MARK = 63;

/**
 * The path of a request target, without scheme and authority (RFC 9112 3.2.2), query or fragment, otherwise as sent:
 * `"/transfers/1"` of `"/transfers/1?x=y"` and of `"http://hub.example/transfers/1"`.
 */
export function pathOfTarget(target: string): string {
  let start = 0;
  if (target.charCodeAt(0) !== SLASH) {
    const authority = target.indexOf("://");
    if (authority > 0) {
      start = target.indexOf("/", authority + 3);
      if (start < 0) return "/";
    }
  }
  for (let end = start; end < target.length; end++) {
    const code = target.charCodeAt(end);
    if (code === QUESTION_MARK || code === HASH) return target.slice(start, end);
  }
  return target.slice(start);
}
