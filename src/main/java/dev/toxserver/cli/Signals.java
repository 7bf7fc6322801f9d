package dev.toxserver.cli;

import java.lang.reflect.Proxy;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Handles signals with sun.misc.Signal: a shutdown hook can't see a second ^C. By reflection,
 * because javac's warning of that class can't be switched off, and warnings are errors here; where
 * a Java has no such class, signals do what they do by default.
 */
final class Signals {
  private static final Logger LOG = Logger.getLogger(Signals.class.getName());

  private Signals() {}

  /**
   * Calls back on each signal of this kind, on a thread of the virtual machine's.
   *
   * @param name without SIG
   */
  static void on(String name, Runnable callback) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                if (method.getName().equals("handle")) {
                  callback.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      // Also thrown when the signal is somebody else's, as under -Xrs.
      LOG.log(Level.WARNING, "SIG{0} is not handled here", name);
      LOG.log(Level.FINE, "why", e);
    }
  }
}
