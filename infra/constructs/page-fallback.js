/**
 * A CloudFront Function, run as it stands here: the path of a page is answered with the application's index page. Its runtime knows
 * little beyond ECMAScript 5, neither destructuring nor spread.
 * @param {{ request: { uri: string } }} event
 * @returns {{ uri: string }}
 */
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it
function handler(event) {
  const request = event.request;
  const lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (!lastSegment.includes('.')) request.uri = '/index.html';
  return request;
}
