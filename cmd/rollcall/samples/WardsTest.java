import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client of an application, tested against the mock: one server, a world for each test, no reset. It needs nothing but a
 * JDK, {@code java WardsTest.java}; with a test framework, {@link Mock} is what starts before all tests and is closed after them.
 */
public class WardsTest {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The mock: started on a free port, or the one that ROLLCALL_URL names. */
    static class Mock implements AutoCloseable {
        private final Process process;
        private final String url;
        private final String token = System.getenv("ROLLCALL_ADMIN_TOKEN");

        Mock(String contract) throws IOException {
            String running = System.getenv("ROLLCALL_URL");
            if (running != null && !running.isEmpty()) {
                process = null;
                url = running;
                return;
            }
            String binary = System.getenv().getOrDefault("ROLLCALL_BINARY", "rollcall");
            process = new ProcessBuilder(binary, "mock", contract, "--port", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            BufferedReader out = process.inputReader();
            url = find("^ready: (\\S+)", String.valueOf(out.readLine()));
        }

        /** Asks the control API; gives the body of the answer. */
        String admin(String method, String path, String body) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/__admin" + path))
                .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }

        /** Runs a test in a world of its own, which has an address of its own. */
        void inAWorld(Test test) throws Exception {
            String target = admin("GET", "/targets/council", "");
            String base = find("\"url\":\\s*\"([^\"]*)\"", target).substring(url.length());
            String credential = find("\"default\":\\s*\\{.*?\"Authorization\":\\s*\"([^\"]*)\"", target);
            String world = find("\"id\":\\s*\"([^\"]*)\"", admin("POST", "/worlds", ""));
            try {
                test.run(new Wards(url + "/__worlds/" + world + base, credential), world);
            } finally {
                admin("DELETE", "/worlds/" + world, "");
            }
        }

        @Override
        public void close() throws InterruptedException {
            if (process != null) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    interface Test {
        void run(Wards wards, String world) throws Exception;
    }

    /** What is under test: it knows a base address and a credential, and nothing of worlds. */
    record Wards(String base, String credential) {
        HttpResponse<String> add(String name) throws Exception {
            return HTTP.send(request().POST(BodyPublishers.ofString("{\"name\": \"" + name + "\"}")).build(),
                BodyHandlers.ofString());
        }

        String list() throws Exception {
            return HTTP.send(request().build(), BodyHandlers.ofString()).body();
        }

        private HttpRequest.Builder request() {
            return HttpRequest.newBuilder(URI.create(base + "/api/wards"))
                .header("Authorization", credential).header("Content-Type", "application/json");
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<Callable<Void>> tests = new ArrayList<>();
        try (Mock mock = new Mock("council")) {
            for (int n = 0; n < 3; n++) {
                tests.add(test(mock, (wards, world) -> { // whoever else does so
                    same(201, wards.add("Harbour").statusCode());
                    same(true, wards.list().contains("Harbour"));
                }));
            }
            tests.add(test(mock, (wards, world) -> {
                wards.add("Harbour");
                HttpResponse<String> again = wards.add("Harbour");
                same(409, again.statusCode());
                same(true, again.body().contains("Harbour"));
            }));
            tests.add(test(mock, (wards, world) -> {
                mock.admin("POST", "/worlds/" + world + "/faults",
                    "{\"operation\": \"createWard\", \"status\": 503, \"times\": 1}");
                same(503, wards.add("Harbour").statusCode());
                same(201, wards.add("Harbour").statusCode());
            }));
            var pool = Executors.newCachedThreadPool();
            for (var result : pool.invokeAll(tests)) {
                result.get(); // throws what the test threw
            }
            pool.shutdown();
        }
        System.out.println(tests.size() + " tests passed");
    }

    static Callable<Void> test(Mock mock, Test test) {
        return () -> {
            mock.inAWorld(test);
            return null;
        };
    }

    static void same(Object want, Object got) {
        if (!want.equals(got)) {
            throw new AssertionError("want " + want + ", got " + got);
        }
    }

    /** The first group of a pattern; a test of yours would read JSON with a library. */
    static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("nothing like " + pattern + " in " + text);
        }
        return found.group(1);
    }
}
