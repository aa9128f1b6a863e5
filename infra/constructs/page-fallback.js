// A CloudFront Function: plain JavaScript, kept as the service runs it.
// eslint-disable-next-line no-unused-vars
function handler(event) {
  var request = event.request;
  var lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (lastSegment.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
