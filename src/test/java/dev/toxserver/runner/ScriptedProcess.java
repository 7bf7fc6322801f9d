package dev.toxserver.runner;

import java.io.InputStream;
import java.io.OutputStream;

/** A program that lives until a test says otherwise, whatever signal it gets. */
final class ScriptedProcess extends Process {
  volatile boolean alive = true;

  @Override
  public boolean isAlive() {
    return alive;
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public int waitFor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int exitValue() {
    throw new IllegalThreadStateException();
  }

  @Override
  public void destroy() {
    // Nothing helps.
  }
}
