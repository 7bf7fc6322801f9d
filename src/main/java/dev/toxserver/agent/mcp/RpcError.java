package dev.toxserver.agent.mcp;

/** Errors of JSON-RPC 2.0, and the one that the Model Context Protocol adds. */
enum RpcError {
  /** It is no JSON. */
  PARSE(-32_700),
  /** It is JSON, and no request. */
  INVALID_REQUEST(-32_600),
  /** There is no such method. */
  METHOD_NOT_FOUND(-32_601),
  /** The method does not take these parameters. */
  INVALID_PARAMS(-32_602),
  /** It was not carried out, by no fault of the request's. */
  INTERNAL(-32_603),
  /** The request is in a revision of the protocol that is not known here. */
  UNSUPPORTED_VERSION(-32_022);

  private final int code;

  RpcError(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
