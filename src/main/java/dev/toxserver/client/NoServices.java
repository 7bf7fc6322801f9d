package dev.toxserver.client;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The class loader that a client's threads offer to libraries: it finds every class, and no file in
 * the jar. Java asks it for another way to look up a host (InetAddressResolverProvider, since Java
 * 18) and Vert.x for plug-ins. There are none; but to find that out, Java reads the names of all
 * that is in the jar, which takes longer than to connect.
 */
final class NoServices extends ClassLoader {
  private NoServices() {
    super(ClassLoader.getSystemClassLoader());
  }

  /** From now on, for this thread and all that it starts. */
  static void offer() {
    Thread.currentThread().setContextClassLoader(new NoServices());
  }

  @Override
  public URL getResource(String name) {
    return null;
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }
}
