package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FileTroubleTest {
    @Test
    void isToldWithoutTheNameOfTheFileOrOfAJavaClass() {
        assertThat(FileTrouble.of(new AccessDeniedException("/a"))).isEqualTo("this user has no permission");
        assertThat(FileTrouble.of(new NoSuchFileException("/a"))).isEqualTo("there is no such file or folder");
        assertThat(FileTrouble.of(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(FileTrouble.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8 text");
    }

    @Test
    void ofAnotherKindIsToldInFull() {
        assertThat(FileTrouble.of(new IOException("broken"))).isEqualTo("java.io.IOException: broken");
    }
}
