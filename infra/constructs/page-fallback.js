/**
 * A CloudFront Function, run as it stands here: the path of a page is answered with the application's index page.
 * @param {{ request: { uri: string } }} event
 * @returns {{ uri: string }}
 */
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it
function handler(event) {
  const { request } = event;
  const lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  return lastSegment.includes('.') ? request : { ...request, uri: '/index.html' };
}
