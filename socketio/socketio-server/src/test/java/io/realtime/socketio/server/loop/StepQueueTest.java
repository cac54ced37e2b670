package io.realtime.socketio.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.socketio.server.testing.FakeLoops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code +} begins what a test names, {@code -} ends it. */
class StepQueueTest {
  private final FakeLoops loops = new FakeLoops(1);
  private final HomeLoop home = new HomeLoop(loops.loop(0));
  private final List<String> log = new ArrayList<>();

  private Runnable log(String what) {
    return () -> log.add(what);
  }

  @Test
  void idleLoop_stepAndTaskOfItsOwn_runAtOnce() {
    loops.in(
        0,
        () -> {
          home.step(log("step"));
          home.task(log("task"));
          log.add("after");
        });

    assertThat(log).containsExactly("step", "task", "after");
  }

  @Test
  void otherThread_stepsAndTasks_runInItsOrderInOneTurn() {
    for (int i = 0; i < 3; i++) {
      home.step(log("step " + i));
      home.task(log("task " + i));
    }
    assertThat(loops.loop(0).waiting()).isEqualTo(1);

    loops.run();

    assertThat(log).containsExactly("step 0", "task 0", "step 1", "task 1", "step 2", "task 2");
  }

  @Test
  void runningStep_asksForMore_thatWaitsForItsEnd() {
    loops.in(
        0,
        () -> {
          home.step(
              () -> {
                log.add("+");
                home.step(log("step"));
                home.task(log("task"));
                log.add("-");
              });
          log.add("after");
        });

    assertThat(log).containsExactly("+", "-", "step", "task", "after");
  }

  @Test
  void queueWithSteps_proceedOnTheLoop_runsThemBeforeItsOwn() {
    home.enqueue(log("other thread's"));

    loops.in(
        0,
        () -> {
          home.enqueue(log("own"));
          home.proceed();
          log.add("after");
        });

    assertThat(log).containsExactly("other thread's", "own", "after");
  }

  @Test
  void taskFromElsewhere_stepsOfItsOwn_runAtItsPlace() {
    home.task(() -> home.step(log("within")));
    home.step(log("behind"));

    loops.run();

    assertThat(log).containsExactly("within", "behind");
  }

  @Test
  void taskFromElsewhere_enqueues_allThatItAsksForNextStaysBehindThat() {
    home.task(
        () -> {
          home.step(log("1"));
          home.enqueue(log("2"));
          home.proceed();
          home.step(log("3"));
          home.task(log("4"));
        });
    home.step(log("behind"));
    home.task(() -> home.step(log("the next task's")));

    loops.run();

    assertThat(log).containsExactly("1", "behind", "2", "3", "4", "the next task's");
  }

  @Test
  void proceedWithinAStep_runsWhenThatHasEnded() {
    loops.in(
        0,
        () ->
            home.step(
                () -> {
                  home.enqueue(log("queued"));
                  home.proceed();
                  log.add("-");
                }));

    assertThat(log).containsExactly("-", "queued");
  }

  @Test
  void stepsThatThrow_endNeitherTheirTurnNorTheNext() {
    home.step(
        () -> {
          throw new IllegalStateException("planted");
        });
    home.task(
        () -> {
          throw new AssertionError("planted");
        });
    home.step(log("same turn"));
    loops.run();
    home.step(log("next turn"));
    loops.run();

    assertThat(log).containsExactly("same turn", "next turn");
  }

  @Test
  void moreThanABatch_otherTasksOfTheLoopHaveTheirTurnBetween() {
    for (int i = 0; i <= StepQueue.BATCH; i++) {
      home.step(log("step"));
    }
    home.execute(log("other"));

    loops.run();

    assertThat(log).hasSize(StepQueue.BATCH + 2);
    assertThat(log.indexOf("other")).isEqualTo(StepQueue.BATCH);
  }

  @Test
  void exactlyABatch_isOneTurn() {
    for (int i = 0; i < StepQueue.BATCH; i++) {
      home.step(log("step"));
    }
    home.execute(log("other"));
    loops.in(0, log("last"));

    assertThat(log.indexOf("other")).isEqualTo(StepQueue.BATCH);
    assertThat(log).endsWith("other", "last");
  }

  /** A page of an inbox, say, must not be cut in two by the wake-up that is behind it. */
  @Test
  void stepsOfTheLoopsOwn_areNotInterruptedByWhatOthersWaitFor() {
    loops
        .loop(0)
        .execute(
            () -> {
              home.step(log("page 1"));
              home.step(log("page 2"));
            });
    home.task(log("wake"));

    loops.run();

    assertThat(log).containsExactly("page 1", "page 2", "wake");
  }

  /** An emit of a listener, say, must not run another thread's code in that listener's middle. */
  @Test
  void taskOfAnotherThread_proceedOnTheLoop_doesNotRunIt_andKeepsEveryCallersOrder() {
    loops
        .loop(0)
        .execute(
            () -> {
              home.enqueue(log("emit"));
              home.proceed();
              home.step(log("join"));
              home.task(log("own task"));
              home.enqueue(log("second emit"));
              home.proceed();
              log.add("listener ends");
            });
    home.step(log("other's step"));
    home.task(log("other's task"));
    home.step(log("other's second step"));

    loops.run();

    assertThat(log)
        .containsExactly(
            "other's step",
            "listener ends",
            "other's task",
            "other's second step",
            "emit",
            "join",
            "own task",
            "second emit");

    log.clear();
    loops.in(0, () -> home.step(log("at once again")));
    assertThat(log).containsExactly("at once again");
  }

  @Test
  void stepWaitsBehindATask_itsEmitAndWhatItAsksForNext_stayInOrder() {
    loops
        .loop(0)
        .execute(
            () -> {
              home.step(
                  () -> {
                    home.step(log("before"));
                    home.enqueue(log("emit"));
                    home.proceed();
                    home.step(log("after"));
                  });
              home.task(log("then"));
            });
    home.task(log("other's task"));

    loops.run();

    assertThat(log).containsExactly("before", "other's task", "emit", "after", "then");
  }

  @Test
  void stepAsksForATaskThenAStep_bothRunBehindIt() {
    loops.in(
        0,
        () ->
            home.step(
                () -> {
                  home.task(
                      () -> {
                        log.add("task");
                        home.step(log("the task's"));
                      });
                  home.step(log("step"));
                }));

    assertThat(log).containsExactly("task", "step", "the task's");
  }

  @Test
  void deferred_moreThanABatch_isDoneInOneTurn() {
    loops
        .loop(0)
        .execute(
            () -> {
              for (int i = 0; i < 2 * StepQueue.BATCH; i++) {
                home.enqueue(log("emit"));
                home.proceed();
              }
              home.execute(log("other"));
            });
    home.task(log("other's task"));

    loops.run();

    assertThat(log).hasSize(2 * StepQueue.BATCH + 2).startsWith("other's task").endsWith("other");
  }

  @Test
  void anError_endsNeitherItsTurnNorTheNext() {
    home.step(
        () -> {
          throw new NoClassDefFoundError("planted");
        });
    home.step(log("behind"));
    loops.run();

    assertThat(log).containsExactly("behind");
  }
}
